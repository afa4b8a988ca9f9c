/*
title: 每千名职工工会工作人员数
meaning: 月末工会工作人员数 ÷ 月末职工人数 × 1000
why: 社区大小不同，按职工人数折算后才能看出人手多少
caveat: 不含兼职干部、志愿者等；不含街道总工会本级人员；队伍台账或企业台账未报的社区，分子分母都不计；人员由街道统一调配，不作社区排名
source: 工会干部队伍台账、企业台账
owner: 街道总工会组织部门
reviewed: 2026-11-23
unit: post
measure: 人
kind: rate
over: workers
per: 1000
time: stock
better: none
interval: none
ledgers: [staff]
*/
select
    s.post_id as unit_id,
    coalesce(s.union_name, '未写明工会') as unit_name,
    s.community_id,
    s.month,
    s.park_id,
    s.staff_kind,
    1 as value,
    false as is_approximate,
    s.load_id,
    s.file,
    s.sheet,
    s."row"
from core.staff_month as s
where s.is_staff and not s.is_street_level
