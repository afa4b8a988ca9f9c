/*
title: 企业名册与工会组织台账的会员数不一致
meaning: 独立基层工会的会员数与企业名册中同名企业相差一成以上且超过5人；建会率、入会率只以企业名册为准
severity: soft
ledger: union_org
*/
with newest as (
    select max(month) as month
    from core.report
    where ledger = 'union_org' and state = 'received'
),

own as (
    select e.community_id, e.enterprise, e.members, e.month
    from core.enterprise_month as e
    inner join newest as n on e.month = n.month
    where e.is_own_union and e.members is not null
)

select u.community_id, u.union_name as subject,
       '工会组织台账' || u.members::varchar || '人，企业名册' || o.members::varchar || '人' as detail,
       u.load_id, u.file, u.sheet, u."row"
from core.union_month as u
inner join newest as n on u.month = n.month
inner join own as o on u.community_id = o.community_id and starts_with(u.union_name, o.enterprise)
where abs(u.members - o.members) > 5 and abs(u.members - o.members) > 0.1 * o.members
