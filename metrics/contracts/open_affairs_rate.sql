/*
title: 厂务公开建制率
meaning: 建立厂务公开制度的已建会企业数（含被区域、行业建制覆盖的，分开列出）÷ 已建会企业数
why: 厂务公开是职工知情、监督的基本制度
caveat: 单独建会的企业看自己的工会，被覆盖的看覆盖它的联合工会、工联会，几个里有一个建立即算；“办理中”不算建立。工会组织台账没有填这一栏、或企业对不上工会的，不计入，列为缺项。企业名册没有写明所属工联会的，按所在园区、社区唯一的工联会对应
source: 工会组织台账、企业台账
owner: 街道总工会组织部门
reviewed: 2026-11-23
unit: enterprise
measure: 家
kind: proportion
over: units
time: stock
parts: {own: 企业自己建制, area: 随工联会建制}
better: higher
ledgers: [enterprise, union_org]
universe: enterprise
left_out: 未建会
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
    e.union_status,
    case when e.has_union then c.has_open_affairs::integer end as value,
    case when e.has_union and c.has_open_affairs then coalesce(c.has_own_affairs, false)::integer else 0 end as part_own,
    case when e.has_union and c.has_open_affairs then (not coalesce(c.has_own_affairs, false))::integer else 0 end as part_area,
    false as is_approximate,
    e.load_id,
    e.file,
    e.sheet,
    e."row"
from core.enterprise_month as e
left join core.democracy_month as c on e.enterprise_id = c.enterprise_id and e.month = c.month
where e.is_operating and e.has_union is distinct from false
