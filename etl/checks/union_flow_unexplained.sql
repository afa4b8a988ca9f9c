/*
title: 上期未单独建会、本期已单独建会，建会日期却不在此期间的企业
meaning: 上期家数加新建会应等于本期家数；建会日期没有填或写错的，不计入新建会企业数，请补填（最近两期名册）
severity: soft
ledger: enterprise
*/
with days as (
    select community_id, as_of, lead(as_of) over (partition by community_id order by as_of desc) as before
    from core.snapshot
    where ledger = 'enterprise'
    qualify row_number() over (partition by community_id order by as_of desc) = 1
),

listed as (
    select e.*
    from core.enterprise_row as e
    inner join core.snapshot as s
        on s.ledger = 'enterprise' and e.snapshot_id = s.snapshot_id and e.unit_id = s.unit_id and e.as_of = s.as_of
        and e.community_id = s.community_id
)

select l.community_id, l.enterprise as subject,
       d.before::varchar || '以后单独建会，建会日期' || coalesce('写' || l.union_formed_date::varchar, '空白') as detail,
       l.load_id, l.file, l.sheet, l."row"
from days as d
inner join listed as l on d.community_id = l.community_id and d.as_of = l.as_of
inner join listed as e
    on d.community_id = e.community_id and d.before = e.as_of and l.enterprise_id = e.enterprise_id
where l.is_own_union and e.has_union = false
    and coalesce(l.union_formed_date <= d.before or l.union_formed_date > d.as_of, true)
