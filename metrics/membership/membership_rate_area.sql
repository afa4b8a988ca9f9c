/*
title: 入会率（辖区口径）
meaning: 会员人数 ÷ 辖区全部在经营企业的职工人数
why: 街道通报所用的口径，反映辖区职工总体的入会程度
caveat: 与“已建会单位口径”的分母不同，两者不可比较；会员数或职工数缺一项的企业，分子分母都不计。职工数填“约”的，分母为约数。可能超过100%（职工数未及时更新）
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
    e.members as value,
    e.workers as base,
    e.is_members_approx or e.is_workers_approx as is_approximate,
    e.load_id,
    e.file,
    e.sheet,
    e."row"
from core.enterprise_month as e
where e.is_operating
