/*
title: 工会工作人员持证率
meaning: 有社会工作者、心理咨询师、劳动关系协调员、法律职业资格等证书的工会工作人员 ÷ 全部工会工作人员
why: 反映队伍的专业化程度
caveat: 证书栏写了“无”或空白的算没有；整张表都没填证书、写了而认不出的，列为缺项，不计入
source: 工会干部队伍台账
owner: 街道总工会组织部门
reviewed: 2026-11-23
unit: post
measure: 人
kind: proportion
over: units
time: stock
better: higher
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
    cast(s.has_certificate as integer) as value,
    false as is_approximate,
    s.load_id,
    s.file,
    s.sheet,
    s."row"
from core.staff_month as s
where s.is_staff and not s.is_street_level
