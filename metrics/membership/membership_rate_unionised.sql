/*
title: 入会率（已建会单位口径）
meaning: 已建会（含工联会覆盖）企业的会员人数 ÷ 这些企业的职工人数
why: 与全国统计口径（已建工会组织的基层单位）一致，便于对上比较
caveat: 与“辖区口径”的分母不同，两者不可比较；建会状态不详、会员数或职工数缺一项的企业，分子分母都不计，列为缺项
source: 企业台账
owner: 街道总工会组织部门
reviewed: 2026-11-22
unit: enterprise
measure: 人
kind: ratio
over: workers
time: stock
better: higher
ledgers: [enterprise]
universe: enterprise
left_out: 未建会也未被覆盖
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
    case when e.has_union then e.members end as value,
    e.workers as base,
    e.is_members_approx or e.is_workers_approx as is_approximate,
    e.load_id,
    e.file,
    e.sheet,
    e."row"
from core.enterprise_month as e
where e.is_operating and e.has_union is distinct from false
