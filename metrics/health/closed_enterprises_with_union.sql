/*
title: 企业已终止、工会仍在册
meaning: 月末企业名册里已注销、吊销或迁出，而工会组织台账里自己的工会仍在册的企业数
why: 企业终止的，工会相应撤销，并报告上一级工会（工会法第十三条）
caveat: 企业与工会按名册写明的所属工会、名称和字号对应；已不在名册里的企业看不见；工会状态为筹建、注销、拟撤销的不计。停业的企业不算终止
source: 企业台账、工会组织台账；工会法第十三条
owner: 街道总工会组织部门
reviewed: 2026-11-23
unit: enterprise
measure: 家
kind: count
time: stock
better: lower
ledgers: [enterprise, union_org]
*/
select
    e.enterprise_id as unit_id,
    e.enterprise as unit_name,
    e.community_id,
    e.month,
    e.park_id,
    e.industry,
    e.size_band,
    e.ownership,
    1 as value,
    false as is_approximate,
    u.union_name,
    u.members,
    u.load_id,
    u.file,
    u.sheet,
    u."row"
from core.enterprise_month as e
inner join core.union_enterprise as x on e.enterprise_id = x.enterprise_id and e.month = x.month and x.is_own
inner join core.union_held as u on x.union_id = u.union_id and x.month = u.month and u.is_alive
where e.status in ('deregistered', 'revoked', 'moved_out')
qualify row_number() over (partition by e.enterprise_id, e.month order by u.union_id) = 1
