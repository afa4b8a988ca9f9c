/*
title: 线索是否在先
meaning: >-
  每宗纠纷一行：受理当日或以前有没有对应的隐患线索。受理前设定天数（hazard_lead_days）内的隐患台账没有报齐的，
  没有线索不等于没有报告，按不详处理
columns:
  dispute_id: 案件编号
  is_preceded: 线索在先：受理当日或以前有对应的隐患线索
  is_window_known: 受理前设定天数所跨各月，该社区的隐患台账都已报
  first_report_id: 最早的一条线索（没有的为空）
  lead_days: 从最早的线索到受理的天数（没有线索或日期只精确到月的为空）
unique: [dispute_id]
not_null: [dispute_id, is_preceded, is_window_known]
tests:
  一宗不少: select 1 where (select count(*) from core.dispute_lead) <> (select count(*) from core.dispute)
empty_without: [dispute]
*/
with span as (
    select value::integer as days
    from core.setting
    where key = 'hazard_lead_days'
),

spanned as (
    select d.dispute_id, d.community_id, d.received_month,
           date_trunc('month', d.received_date - s.days)::date as first_month
    from core.dispute as d
    cross join span as s
),

known as (
    select w.community_id, w.first_month, w.received_month
    from (select distinct community_id, first_month, received_month from spanned) as w
    inner join core.report as r
        on w.community_id = r.community_id and r.month between w.first_month and w.received_month
    where r.ledger = 'hazard' and r.shows
    group by w.community_id, w.first_month, w.received_month
    having count(*) = date_diff('month', w.first_month, w.received_month) + 1
)

select s.dispute_id, e.report_id is not null as is_preceded, k.community_id is not null as is_window_known,
       e.report_id as first_report_id, e.lead_days
from spanned as s
left join core.dispute_report as e on s.dispute_id = e.dispute_id and e.is_earliest
left join known as k
    on s.community_id = k.community_id and s.first_month = k.first_month and s.received_month = k.received_month
