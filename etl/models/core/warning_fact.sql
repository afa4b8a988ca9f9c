/*
title: 企业风险事实
meaning: >-
  可据以定级的事实，一家企业的一项事实一行：评分表、核实属实的隐患线索、30人以上纠纷、当月纠纷和投诉件数、
  未建工会（只看另有其他事实的企业）。只有对得上名册的企业；没有任何个人
columns:
  enterprise_id: 企业标识
  community_id: 社区代码（台账所写，没写的取名册）
  indicator: 评分项目
  quantity: 程度（月、人、天、件……，见评分项目的单位；不详的为空）
  fact_date: 发生日期（隐患线索为核实日期，名册为截至日）
  known_on: 台账何时已载明：事实所在报告期的最后一天，不早于发生日期
  valid_to: 有效期至（一般为发生日期加 level_days；名册所载的到该名册不再沿用）
  is_lasting: 有效期由台账本身决定，不按天数推算
  ledger: 依据的台账
  load_id: 导入批次
  file: 来源文件
  sheet: 来源工作表
  row: 来源行号（Excel 行号，CSV 为物理行号）
not_null: [enterprise_id, indicator, fact_date, known_on, valid_to, ledger, load_id, file, sheet, row]
tests:
  有效期不早于发生: select 1 from core.warning_fact where valid_to < fact_date or known_on < fact_date
  评分表一条不少: >-
    select 1 where (select count(*) from core.warning_fact where ledger = 'risk_score' and indicator <> 'layoff_share')
    < (select count(*) from core.risk_row where enterprise_id is not null and indicator <> 'layoff_share')
empty_without: [dispute, hazard, online_request, risk_score]
*/
with setting as (
    select cast(value as integer) as level_days from core.setting where key = 'level_days'
),

-- 隐患表征对应哪个评分项目、按多少计（空白的按涉及人数），写在代码表 hazard_sign 里
sign as (
    select code as sign,
           max(case when name = 'indicator' then value end) as indicator,
           max(case when name = 'quantity' then cast(value as double) end) as quantity
    from core.code_extra
    where list = 'hazard_sign'
    group by code
),

hazard_sign as (
    select *, unnest(signs) as one_sign
    from core.hazard
    where is_true and is_checked and enterprise_id is not null
),

-- 同样的内容（哪家企业、什么表征、多少人、怎样核实）最早见于哪一期台账；后来补的、改的，当时还不知道
verified_told as (
    select load_id, file, sheet, "row",
           min(period_to) over (
               partition by row_key, enterprise_name, enterprise_uscc, signs, workers_involved, verified_date, verify_result
           ) as told_on
    from ledger.hazard
),

hazards as (
    select h.enterprise_id, h.community_id, s.indicator, coalesce(s.quantity, h.workers_involved) as quantity,
           h.verified_date as fact_date,
           greatest(h.verified_date, coalesce(t.told_on, h.verified_date)) as known_on,
           'hazard' as ledger, h.load_id, h.file, h.sheet, h."row"
    from hazard_sign as h
    inner join sign as s on h.one_sign = s.sign and s.indicator is not null
    left join verified_told as t
        on h.load_id = t.load_id and h.file = t.file and h.sheet = t.sheet and h."row" = t."row"
),

request_told as (
    select request_no as request_id, min(period_to) as told_on
    from ledger.online_request
    group by request_no
),

-- 线上投诉：已转成纠纷的只算那宗纠纷；当月底以前已退回、撤回的不算
complaints as (
    select r.enterprise_id, r.community_id, r.applied_date as received_date, r.applied_month as received_month,
           greatest(r.applied_date, coalesce(t.told_on, r.applied_date)) as known_on,
           r.load_id, r.file, r.sheet, r."row"
    from core.online_request as r
    left join request_told as t on r.request_id = t.request_id
    where r.item = 'complaint' and r.enterprise_id is not null and r.dispute_id is null
        and not (
            coalesce(r.status in ('returned', 'withdrawn'), false)
            and coalesce(r.closed_date <= last_day(r.applied_date), true)
        )
),

demand as (
    select 'dispute' as ledger, enterprise_id, community_id, received_date, received_month, known_on,
           load_id, file, sheet, "row"
    from core.warning_case
    union all
    select 'online_request', enterprise_id, community_id, received_date, received_month, known_on,
           load_id, file, sheet, "row"
    from complaints
),

-- 一家企业一个月的件数；以当月最后一件的日期和所在行为据
demands as (
    select enterprise_id, community_id, 'demands' as indicator,
           cast(count(*) over (partition by enterprise_id, received_month) as double) as quantity,
           received_date as fact_date,
           max(known_on) over (partition by enterprise_id, received_month) as known_on,
           ledger, load_id, file, sheet, "row"
    from demand
    qualify row_number() over (
        partition by enterprise_id, received_month order by received_date desc, ledger, load_id, file, sheet, "row"
    ) = 1
),

told_rows as (
    select enterprise_id, community_id, indicator, quantity, fact_date, known_on, load_id, file, sheet, "row"
    from core.risk_row
    where enterprise_id is not null
),

-- 只写了裁员人数的，按当月名册的职工数算占比；评分表另写了占比的从其写明
shares as (
    select r.enterprise_id, r.community_id, 'layoff_share' as indicator,
           100.0 * r.quantity / e.workers as quantity,
           r.fact_date, r.known_on, r.load_id, r.file, r.sheet, r."row"
    from told_rows as r
    inner join core.enterprise_month as e
        on r.enterprise_id = e.enterprise_id and e.month = date_trunc('month', r.fact_date)::date and e.workers > 0
    anti join told_rows as w
        on w.indicator = 'layoff_share' and r.enterprise_id = w.enterprise_id and r.fact_date = w.fact_date
    where r.indicator = 'layoff'
),

dated as (
    select enterprise_id, community_id, indicator, quantity, fact_date, known_on, 'risk_score' as ledger,
           load_id, file, sheet, "row"
    from told_rows
    union all
    select enterprise_id, community_id, indicator, quantity, fact_date, known_on, 'risk_score',
           load_id, file, sheet, "row"
    from shares
    union all
    select enterprise_id, community_id, indicator, quantity, fact_date, known_on, ledger, load_id, file, sheet, "row"
    from hazards
    union all
    select enterprise_id, community_id, 'group', 1, received_date, known_on, 'dispute', load_id, file, sheet, "row"
    from core.warning_case
    where is_mass
    union all
    select enterprise_id, community_id, indicator, quantity, fact_date, known_on, ledger, load_id, file, sheet, "row"
    from demands
),

-- 名册写明未建会的；一份名册只有一行，管到它不再沿用的那个月
without_union as (
    select e.enterprise_id, min(e.community_id) as community_id, e.as_of as fact_date,
           last_day(max(e.month)) as valid_to, e.load_id, e.file, e.sheet, e."row"
    from core.enterprise_month as e
    semi join dated as d on e.enterprise_id = d.enterprise_id
    where e.has_union = false
    group by e.enterprise_id, e.as_of, e.load_id, e.file, e.sheet, e."row"
)

select d.enterprise_id, d.community_id, d.indicator, d.quantity, d.fact_date, d.known_on,
       (d.fact_date + s.level_days)::date as valid_to, false as is_lasting,
       d.ledger, d.load_id, d.file, d.sheet, d."row"
from dated as d
cross join setting as s
union all
select enterprise_id, community_id, 'no_union', 1, fact_date, fact_date,
       -- 截至日晚于沿用月份的名册没有；只为不让有效期早于截至日
       greatest(valid_to, fact_date), true, 'enterprise', load_id, file, sheet, "row"
from without_union
