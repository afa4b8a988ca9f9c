/*
title: 工会工作人员数
meaning: 月末在岗的专职、职业化、社会化工会工作者、组织员、专业社工和挂职干部人数；一人几个岗位只计一人
why: 反映街道和社区工会有多少人专门做工会工作
caveat: 兼职干部、志愿者、调解员、劳动法律监督员、信息员不计（见“工会岗位数”），哪些类别计入可由街道在代码表staff_kind里改；街道总工会本级没有写社区的人员不计入各社区合计，另行说明；几个岗位以证件号码（没有的以姓名和电话）辨认
source: 工会干部队伍台账
owner: 街道总工会组织部门
reviewed: 2026-11-23
unit: post
measure: 人
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
    1 as value,
    false as is_approximate,
    s.load_id,
    s.file,
    s.sheet,
    s."row"
from core.staff_month as s
where s.is_staff and not s.is_street_level
