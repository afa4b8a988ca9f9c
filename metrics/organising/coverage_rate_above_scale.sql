/*
title: 规上企业建会率
meaning: 规模以上企业中单独建会或被工联会覆盖的家数 ÷ 规模以上企业数
why: 规上企业职工集中，常列为全覆盖的目标
caveat: 规上以企业台账“是否规上”（四上名录）为准；该栏空白的企业无法判断是否属于规上，不计入，列为缺项
source: 企业台账
owner: 街道总工会组织部门
reviewed: 2026-11-22
unit: enterprise
measure: 家
kind: proportion
over: units
time: stock
better: higher
ledgers: [enterprise]
universe: enterprise
left_out: 不属规上
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
    case when e.is_above_scale then e.has_union::integer end as value,
    false as is_approximate,
    e.load_id,
    e.file,
    e.sheet,
    e."row"
from core.enterprise_month as e
where e.is_operating and e.is_above_scale is distinct from false
