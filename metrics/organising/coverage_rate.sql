/*
title: 建会率（含工联会覆盖）
meaning: （单独建会企业数 + 联合建会或工联会覆盖企业数）÷ 辖区在经营企业数
why: 街道组建工作的主要指标；两部分始终分开列出
caveat: 按企业台账的建会状态和所属工会判定，被几个工联会同时覆盖只计一次；筹建中和未建会不计入分子；建会状态不详的企业，分子分母都不计，列为缺项
source: 企业台账；算法见公开报道（南坑社区42家单独建会、176家工联会覆盖、227家企业）
owner: 街道总工会组织部门
reviewed: 2026-11-22
unit: enterprise
measure: 家
kind: proportion
over: units
time: stock
parts: {own: 单独建会, covered: 工联会覆盖}
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
    e.has_union::integer as value,
    e.is_own_union::integer as part_own,
    (e.is_covered and not e.is_own_union)::integer as part_covered,
    false as is_approximate,
    e.load_id,
    e.file,
    e.sheet,
    e."row"
from core.enterprise_month as e
where e.is_operating
