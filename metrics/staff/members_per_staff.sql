/*
title: 每名工会工作人员服务会员数
meaning: 月末会员人数 ÷ 月末工会工作人员数
why: 反映人手与工作量是否相称，是配备人员的依据
caveat: 分母不含兼职干部、志愿者等，也不含街道总工会本级人员；没有工会工作人员的社区没有这个数；队伍台账或企业台账未报的社区，分子分母都不计；按行业、规模分组时分母仍为全部工作人员
source: 企业台账、工会干部队伍台账
owner: 街道总工会组织部门
reviewed: 2026-11-23
unit: enterprise
measure: 人
kind: rate
over: staff
time: stock
better: none
interval: none
decimals: 1
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
