/*
title: 企业名册与工会组织台账的单独建会家数不一致
meaning: 各社区企业名册中单独建会的家数，与工会组织台账中独立基层工会的个数之差；建会率只以企业名册为准
severity: soft
ledger: union_org
*/
with newest as (
    select max(month) as month
    from core.report
    where ledger = 'union_org' and state = 'received'
),

enterprises as (
    select e.community_id, count(*) as own
    from core.enterprise_month as e
    inner join newest as n on e.month = n.month
    where e.is_own_union and e.is_operating
    group by e.community_id
),

unions as (
    select u.community_id, count(*) as own
    from core.union_month as u
    inner join newest as n on u.month = n.month
    where u.union_type = '1' and u.state is distinct from 'dissolved'
    group by u.community_id
)

select e.community_id, c.community as subject,
       '企业名册' || e.own::varchar || '家，工会组织台账' || u.own::varchar || '个' as detail,
       null::varchar as load_id, null::varchar as file, null::varchar as sheet, null::integer as "row"
from enterprises as e
inner join unions as u on e.community_id = u.community_id
inner join core.community as c on e.community_id = c.community_id
where e.own <> u.own
