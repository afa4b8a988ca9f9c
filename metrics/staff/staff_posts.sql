/*
title: 工会岗位数
meaning: 月末在岗的各类工会岗位数；一人几个岗位的，每个岗位各计一个
why: 反映专职、社工、志愿者、调解员、监督员、信息员等各类力量的配备
caveat: 数的是岗位，不是人，比工会工作人员数多；离岗的不计；街道总工会本级没有写社区的岗位不计入各社区合计，另行说明
source: 工会干部队伍台账
owner: 街道总工会组织部门
reviewed: 2026-11-23
unit: post
measure: 个
kind: count
time: stock
better: none
ledgers: [staff]
*/
select
    s.post_id as unit_id,
    coalesce(s.union_name, '未写明工会') as unit_name,
    s.community_id,
    s.month,
    s.park_id,
    s.staff_kind,
    s.position,
    1 as value,
    false as is_approximate,
    s.load_id,
    s.file,
    s.sheet,
    s."row"
from core.staff_month as s
where s.is_on_post and not s.is_street_level
