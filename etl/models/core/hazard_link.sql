/*
title: 重复线索的关联
meaning: >-
  报告的是同一隐患的，首报之外各成一行，并记下理由。台账写明首报编号的从台账；没有写的，同一企业、有相同表征、
  报告日期距首报不超过设定天数（hazard_same_days）且不晚于首报化解日期的，视为同一隐患。核实为不属实的线索不作首报
columns:
  report_id: 线索编号
  first_report_id: 首报线索编号
  same_reason: 关联理由：ledger 或 ledger:理由代码（台账写明）、same_sign（同一企业、相同表征）
  same_reason_text: 关联理由的文字
unique: [report_id]
not_null: [report_id, first_report_id, same_reason, same_reason_text]
tests:
  首报不再关联别的线索: select a.report_id from core.hazard_link as a inner join core.hazard_link as b on a.first_report_id = b.report_id
  不关联自己: select report_id from core.hazard_link where report_id = first_report_id
empty_without: [hazard]
*/
with recursive line as (
    select l.report_id, l.enterprise_key, l.signs, l.place, h.reported_date,
           case h.resolved_date_precision
               when 'day' then h.resolved_date
               when 'month' then last_day(h.resolved_date)
           end as resolved_date,
           h.same_reason, coalesce(h.verify_result, '') <> 'false' as may_be_first,
           upper(regexp_replace(h.first_report_no, '[^0-9A-Za-z一-龥]', '', 'g')) as first_key
    from core.hazard_line as l
    inner join ledger.hazard as h on l.row_id = h.row_id
),

numbered as (
    select report_id, report_key, place
    from core.hazard_line
    where report_key <> ''
    qualify row_number() over (partition by report_key order by place) = 1
),

said as (
    select l.report_id, l.place, n.report_id as parent_id, n.place as parent_place
    from line as l
    inner join numbered as n on l.first_key = n.report_key and l.report_id <> n.report_id
),

-- 互指或成环的：后报的从先报的，余下的不算写明
written as (
    select s.report_id, s.parent_id
    from said as s
    left join said as p on s.parent_id = p.report_id
    where p.report_id is null or s.parent_place < s.place
),

free as (
    select l.*, row_number() over (partition by l.enterprise_key order by l.place) as turn
    from line as l
    anti join written as w on l.report_id = w.report_id
    where l.enterprise_key is not null and len(l.signs) > 0
),

span as (
    select value::integer as days
    from core.setting
    where key = 'hazard_same_days'
),

-- 逐条往后走，带着本企业已有的首报
walk as (
    select enterprise_key, turn, report_id, null::varchar as parent_id, null::varchar[] as common, null::integer as days,
           case when may_be_first
                then [{'report_id': report_id, 'day': reported_date, 'signs': signs, 'resolved': resolved_date}]
                else []
           end as firsts
    from free
    where turn = 1
    union all
    select f.enterprise_key, f.turn, f.report_id, m.report_id, list_intersect(f.signs, m.signs),
           date_diff('day', m.day, f.reported_date)::integer,
           case when m is null and f.may_be_first
                then list_append(
                    w.firsts,
                    {'report_id': f.report_id, 'day': f.reported_date, 'signs': f.signs, 'resolved': f.resolved_date}
                )
                else w.firsts
           end
    from walk as w
    inner join free as f on w.enterprise_key = f.enterprise_key and w.turn + 1 = f.turn
    cross join span as s
    cross join lateral (
        select list_filter(
            w.firsts,
            lambda x: list_has_any(x.signs, f.signs)
                and f.reported_date <= x.day + s.days
                and f.reported_date <= coalesce(x.resolved, f.reported_date)
        )[1] as m
    ) as matched
),

found as (
    select report_id, parent_id, common, days
    from walk
    where parent_id is not null
),

edge as (
    select report_id, parent_id from written
    union all
    select report_id, parent_id from found
),

-- 台账里写的首报可能又写着自己的首报：一直追到头
chain as (
    select report_id, parent_id from edge
    union
    select c.report_id, e.parent_id
    from chain as c
    inner join edge as e on c.parent_id = e.report_id
)

select c.report_id, c.parent_id as first_report_id,
       case when w.report_id is null then 'same_sign' else 'ledger' || coalesce(':' || l.same_reason, '') end
           as same_reason,
       case
           when w.report_id is not null then '台账写明' || coalesce('：' || r.title, '首报编号')
           else '同一企业、同一表征（' || (
               select string_agg(k.title, '、' order by k.code_order)
               from core.code as k
               where k.list = 'hazard_sign' and list_contains(f.common, k.code)
           ) || '），' || case when f.days = 0 then '与首报同日' else '首报后第' || f.days::varchar || '天' end
       end as same_reason_text
from chain as c
anti join edge as e on c.parent_id = e.report_id
inner join line as l on c.report_id = l.report_id
left join written as w on c.report_id = w.report_id
left join found as f on c.report_id = f.report_id
left join core.code as r on r.list = 'same_reason' and l.same_reason = r.code
