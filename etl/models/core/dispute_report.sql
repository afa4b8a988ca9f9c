/*
title: 纠纷与先前的隐患线索
meaning: >-
  受理当日或以前已有线索报告的纠纷，一宗纠纷一条线索一行。台账写明转案编号的（首报写明的，关联线索随首报）从台账；
  没有写的，同一企业在受理前设定天数（hazard_lead_days）以内的线索算在先，核实为不属实的除外
columns:
  dispute_id: 案件编号
  report_id: 线索编号
  how: 对应的依据：ledger（台账写明转案编号）、enterprise（同一企业）
  lead_days: 从报告到受理的天数（日期只精确到月的为空）
  is_earliest: 该宗纠纷最早的一条线索
unique: [dispute_id, report_id]
not_null: [dispute_id, report_id, how, is_earliest]
tests:
  不晚于受理: >-
    select r.report_id from core.dispute_report as r
    inner join core.dispute as d on r.dispute_id = d.dispute_id
    inner join core.hazard as h on r.report_id = h.report_id
    where h.reported_date > d.received_date or r.lead_days < 0
  每宗恰有一条最早: select dispute_id from core.dispute_report group by dispute_id having count_if(is_earliest) <> 1
empty_without: [hazard]
*/
with report as (
    select h.report_id, h.reported_date, h.enterprise_id, h.verify_result, coalesce(h.dispute_id, f.dispute_id) as dispute_id,
           l.reported_date_precision = 'day' as is_exact
    from core.hazard as h
    inner join core.hazard as f on h.first_report_id = f.report_id
    inner join ledger.hazard as l
        on h.load_id = l.load_id and h.file = l.file and h.sheet = l.sheet and h."row" = l."row"
),

received as (
    select d.dispute_id, d.received_date, d.enterprise_id, l.received_date_precision = 'day' as is_exact
    from core.dispute as d
    inner join ledger.dispute as l
        on d.load_id = l.load_id and d.file = l.file and d.sheet = l.sheet and d."row" = l."row"
),

span as (
    select value::integer as days
    from core.setting
    where key = 'hazard_lead_days'
),

pair as (
    select d.dispute_id, r.report_id, 'ledger' as how, r.reported_date, d.received_date, d.is_exact and r.is_exact as is_exact
    from report as r
    inner join received as d on r.dispute_id = d.dispute_id and r.reported_date <= d.received_date
    union all
    -- 已写明转成别的纠纷的线索，不再按企业猜
    select d.dispute_id, r.report_id, 'enterprise', r.reported_date, d.received_date, d.is_exact and r.is_exact
    from report as r
    cross join span as s
    inner join received as d
        on r.enterprise_id = d.enterprise_id
        and d.received_date between r.reported_date and r.reported_date + s.days
    where r.dispute_id is null and r.verify_result is distinct from 'false'
)

select dispute_id, report_id, how,
       case when is_exact then date_diff('day', reported_date, received_date) end as lead_days,
       row_number() over (partition by dispute_id order by reported_date, report_id) = 1 as is_earliest
from pair
