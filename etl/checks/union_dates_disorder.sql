/*
title: 届期早于建会日期的工会
meaning: 任期的开始、结束（换届日期）都不应早于建会日期；只写到月或年的按月、按年比较（最近一期台账）
severity: hard
ledger: union_org
*/
with newest as (
    select l.*
    from core.union_month as u
    inner join ledger.union_org as l
        on u.load_id = l.load_id and u.file = l.file and u.sheet = l.sheet and u."row" = l."row" and u.as_of = l.as_of
        and u.union_id = l.row_key
    qualify u.month = max(u.month) over (partition by u.community_id)
),

dates as (
    select n.community_id, n.name, n.formed_date, n.formed_date_precision, n.load_id, n.file, n.sheet, n."row",
           '任期开始' as said, n.term_start as day, n.term_start_precision as precision
    from newest as n
    union all
    select n.community_id, n.name, n.formed_date, n.formed_date_precision, n.load_id, n.file, n.sheet, n."row",
           '任期结束', n.term_end, n.term_end_precision
    from newest as n
),

compared as (
    select *,
           case
               when 'year' in (formed_date_precision, precision) then 'year'
               when 'month' in (formed_date_precision, precision) then 'month'
               else 'day'
           end as grain
    from dates
    where day is not null and formed_date is not null
)

select community_id, name as subject, said || day::varchar || '，建会' || formed_date::varchar as detail,
       load_id, file, sheet, "row"
from compared
where date_trunc(grain, day) < date_trunc(grain, formed_date)
