/*
title: 年度任务：发展会员
meaning: 各社区当年新发展会员数的年度任务；全街道为各社区之和
why: 年度任务完成率的分母
caveat: 全年数，不按月分解；全街道任务按各社区任务相加，只写街道总数的行不计入
source: 年度任务台账
owner: 街道总工会组织部门
reviewed: 2026-11-23
unit: target
measure: 人
kind: count
time: stock
no_rows: unknown
better: none
ledgers: [target]
*/
select
    t.target_id as unit_id,
    t.year || '年新发展会员任务' as unit_name,
    t.community_id,
    m.month,
    t.target as value,
    t.is_approx as is_approximate,
    t.load_id,
    t.file,
    t.sheet,
    t."row"
from core.target as t
inner join core.month as m on t.year = year(m.month)
where t.indicator = 'members_joined' and t.community_id is not null
