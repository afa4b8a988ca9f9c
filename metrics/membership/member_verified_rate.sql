/*
title: 会员实名认证率
meaning: 已实名认证的在册会员 ÷ 登记会员数（会员名册）
why: 实名制管理的进度；登记和认证是两个数，只报登记会高估
caveat: 实名认证开始以前的月份没有数（起始月份是街道设置）。名册有认证栏的，空白按未认证计；没有认证栏的工会不计入，列为缺项。认证日期空白的从名册截至当月起计；名册截至日以前的月份按入会、离会、认证时间推算。参考范围按工会整群计算：同一工会的会员往往一起认证
source: 会员名册
owner: 街道总工会组织部门
reviewed: 2026-11-23
unit: union
measure: 人
kind: ratio
over: members_registered
time: stock
no_rows: unknown
better: higher
ledgers: [member]
universe: union
*/
select
    m.union_id as unit_id,
    m.union_name as unit_name,
    m.community_id,
    m.month,
    m.verified as value,
    m.members as base,
    false as is_approximate,
    m.load_id,
    m.file,
    m.sheet,
    m."row"
from core.member_month as m
where m.members > 0 and m.is_verifiable
