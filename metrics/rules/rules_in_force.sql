/*
title: 在执行制度数
meaning: 月末在执行的制度项数：施行日期（没写的看印发日期）不晚于月末，且尚未废止
why: 反映社区、园区、企业工会的制度建设
caveat: 以制度建设台账为准，名称未公布的也计入；街道、区一级的制度不属于哪个社区，另列，不计入；没有写日期的，在台账上就算在执行；项数多少不等于落实好坏，不作排名
source: 制度建设台账
owner: 街道总工会
reviewed: 2026-11-23
unit: rule
measure: 项
kind: count
time: stock
better: none
ledgers: [rule]
parts: {done: 已落实, partly: 部分落实, not_yet: 未落实}
*/
select
    r.rule_id as unit_id,
    r.rule as unit_name,
    r.community_id,
    r.month,
    r.park_id,
    r.rule_kind,
    cast(r.is_in_force as integer) as value,
    cast(r.is_in_force and r.status is not distinct from 'done' as integer) as part_done,
    cast(r.is_in_force and r.status is not distinct from 'partly' as integer) as part_partly,
    cast(r.is_in_force and r.status is not distinct from 'not_yet' as integer) as part_not_yet,
    false as is_approximate,
    r.level as union_level,
    r.document_no,
    r.effective_date,
    r.repealed_date,
    r.basis,
    r.status as implementation,
    r.checked_date,
    r.load_id,
    r.file,
    r.sheet,
    r."row"
from core.rule_month as r
where r.is_in_force is distinct from false and not r.is_street_level
