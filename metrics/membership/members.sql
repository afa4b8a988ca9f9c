/*
title: 会员人数
meaning: 月末在经营企业的工会会员人数合计（企业台账会员数）
why: 入会率的分子，反映工会组织职工的规模
caveat: 未建会也未被覆盖的企业会员数为0；其余企业会员数空白的不计入，列为缺项。会员人数以企业台账为准；工会组织台账另报的会员数、会员名册的人数只作核对，不相加，没有会员名册也能作答
source: 企业台账
owner: 街道总工会组织部门
reviewed: 2026-11-22
unit: enterprise
measure: 人
kind: count
time: stock
better: higher
ledgers: [enterprise]
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
    e.is_members_approx as is_approximate,
    e.load_id,
    e.file,
    e.sheet,
    e."row"
from core.enterprise_month as e
where e.is_operating
