/*
title: 新发展会员数
meaning: 入会时间在期内的会员人数（会员名册）
why: 发展会员的进度，年度任务按此考核
caveat: 按入会时间计，从能看见当月的第一份会员名册读取；名册截至日之后的月份尚不可知，列为未报。同一人只计一次：换工会、在两个工会登记的，计在第一次入会的月份。入会时间只写到年份或空白的不计；名册里已删去的离会会员不在内，年份越早越可能偏少
source: 会员名册（入会时间）
owner: 街道总工会组织部门
reviewed: 2026-11-23
unit: union
measure: 人
kind: count
time: flow
better: higher
ledgers: [member]
*/
select
    m.union_id as unit_id,
    m.union_name as unit_name,
    m.community_id,
    m.month,
    m.joined as value,
    false as is_approximate,
    m.load_id,
    m.file,
    m.sheet,
    m."row"
from core.member_month as m
where m.joined > 0
