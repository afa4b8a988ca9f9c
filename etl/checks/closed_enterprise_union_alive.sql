/*
title: 企业已注销、吊销或迁出，工会仍在册
meaning: 企业终止的，工会相应撤销并报告上一级工会（工会法第十三条）；工会组织台账与企业名册按名称对应
severity: soft
ledger: union_org
*/
with newest as (
    select max(month) as month
    from core.report
    where ledger = 'union_org' and state = 'received'
),

closed as (
    select e.community_id, e.enterprise, e.status, e.month
    from core.enterprise_month as e
    inner join newest as n on e.month = n.month
    where e.status in ('deregistered', 'revoked', 'moved_out')
)

select u.community_id, u.union_name as subject, '企业' || s.title || '，工会' || coalesce(t.title, '状态空白') as detail,
       u.load_id, u.file, u.sheet, u."row"
from core.union_month as u
inner join closed as c
    on u.month = c.month and u.community_id = c.community_id and starts_with(u.union_name, c.enterprise)
inner join core.code as s on s.list = 'enterprise_status' and s.code = c.status
left join core.code as t on t.list = 'union_state' and t.code = u.state
where u.state is null or u.state not in ('dissolved', 'to_be_dissolved')
