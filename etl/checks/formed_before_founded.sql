/*
title: 建会日期早于企业成立日期的企业
meaning: 企业成立以后才能建会，两个日期有一个写错；只写到月或年的按月、按年比较（最近一期名册）
severity: soft
ledger: enterprise
*/
with newest as (
    select l.*
    from core.enterprise_month as e
    inner join ledger.enterprise as l
        on e.load_id = l.load_id and e.file = l.file and e.sheet = l.sheet and e."row" = l."row" and e.as_of = l.as_of
        and e.enterprise_id = l.row_key
    qualify e.month = max(e.month) over (partition by e.community_id)
),

compared as (
    select *,
           case
               when 'year' in (founded_date_precision, union_formed_date_precision) then 'year'
               when 'month' in (founded_date_precision, union_formed_date_precision) then 'month'
               else 'day'
           end as grain
    from newest
    where founded_date is not null and union_formed_date is not null
)

select community_id, name as subject,
       '建会' || union_formed_date::varchar || '，企业成立' || founded_date::varchar as detail, load_id, file, sheet, "row"
from compared
where date_trunc(grain, union_formed_date) < date_trunc(grain, founded_date)
