/*
title: 单独建会率（25人以上企业）
meaning: 职工25人及以上的在经营企业中单独建会的家数 ÷ 职工25人及以上的在经营企业数
why: 会员25人以上的应当建立基层工会委员会（工会法第十一条），此处看达到规模的企业是否单独建会
caveat: 法律义务按会员数计，台账通常只有职工数，故以职工25人及以上近似；职工数或建会状态不详的企业无法判断，不计入，列为缺项；职工数填“约”的按所填数归类
source: 企业台账；工会法第十一条
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
left_out: 职工不足25人
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
    case when e.workers >= 25 and e.has_union is not null then e.is_own_union::integer end as value,
    false as is_approximate,
    e.load_id,
    e.file,
    e.sheet,
    e."row"
from core.enterprise_month as e
where e.is_operating and (e.workers >= 25 or e.workers is null)
