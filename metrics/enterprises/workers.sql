/*
title: 职工人数
meaning: 月末在经营企业的职工人数合计
why: 入会率（辖区口径）和每千名职工纠纷数的分母
caveat: 企业自报人数；填“约”的按所填数计入并标“约”，填范围、“若干”或空白的不计入，列为缺项
source: 企业台账
owner: 街道总工会组织部门
reviewed: 2026-11-22
unit: enterprise
measure: 人
kind: count
time: stock
better: none
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
    e.workers as value,
    e.is_workers_approx as is_approximate,
    e.load_id,
    e.file,
    e.sheet,
    e."row"
from core.enterprise_month as e
where e.is_operating
