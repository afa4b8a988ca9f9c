/*
title: 登记会员数（会员名册）
meaning: 月末在会员名册上的会员人数，同一人在几个工会登记的只计一人
why: 实名认证率的分母；与企业台账的会员数互相核对
caveat: 会员人数以企业台账为准，本指标只作核对和实名认证率的分母。名册截至日以前的月份按入会、离会时间推算，名册里已删去的离会会员不在内，年份越早越可能偏少；入会时间不详的从名册截至当月起计，已离会而没写离会时间的不计；保留会籍的计入
source: 会员名册
owner: 街道总工会组织部门
reviewed: 2026-11-23
unit: union
measure: 人
kind: count
time: stock
better: none
ledgers: [member]
universe: union
*/
select
    m.union_id as unit_id,
    m.union_name as unit_name,
    m.community_id,
    m.month,
    m.members as value,
    false as is_approximate,
    m.load_id,
    m.file,
    m.sheet,
    m."row"
from core.member_month as m
where m.members > 0
