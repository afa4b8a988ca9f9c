/*
title: 任期届满未换届的工会
meaning: 月末任期已届满、不在换届中的工会数
why: 基层工会委员会每届任期三年或五年，届满应当换届（工会法第十六条）
caveat: 正在换届、筹建、注销或拟撤销的不计；届满日期只写到月的到月末才算，只写到年的到年末才算；没有写任期的列为缺项
source: 工会组织台账；工会法第十六条
owner: 街道总工会组织部门
reviewed: 2026-11-23
unit: union
measure: 个
kind: count
time: stock
better: lower
ledgers: [union_org]
*/
select
    u.union_id as unit_id,
    u.union_name as unit_name,
    u.community_id,
    u.month,
    u.park_id,
    u.union_type,
    case when u.is_term_over then 1 end as value,
    false as is_approximate,
    u.term_end,
    u.members,
    u.load_id,
    u.file,
    u.sheet,
    u."row"
from core.union_held as u
where u.is_alive and not u.is_re_electing and u.is_term_over is distinct from false
