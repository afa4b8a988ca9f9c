/*
title: 清单事项数
meaning: 月末工作清单里的事项数，按清单分组
why: 街道自定的机制、文件、民主建会等清单，一项一项落实
caveat: 清单名称和内容由街道填写，程序不预设；街道一级的事项不属于哪个社区，另列，不计入；不适用的也在内
source: 工作清单台账
owner: 街道总工会
reviewed: 2026-11-23
unit: item
measure: 项
kind: count
time: stock
better: none
ledgers: [checklist]
parts: {done: 已落实, partly: 部分落实, not_yet: 未落实, not_applicable: 不适用}
*/
select
    c.item_id as unit_id,
    c.item as unit_name,
    c.community_id,
    c.month,
    c.park_id,
    c.checklist,
    1 as value,
    cast(c.status is not distinct from 'done' as integer) as part_done,
    cast(c.status is not distinct from 'partly' as integer) as part_partly,
    cast(c.status is not distinct from 'not_yet' as integer) as part_not_yet,
    cast(c.status is not distinct from 'not_applicable' as integer) as part_not_applicable,
    false as is_approximate,
    c.enterprise,
    c.level as union_level,
    c.basis,
    c.status as implementation,
    c.checked_date,
    c.load_id,
    c.file,
    c.sheet,
    c."row"
from core.checklist_month as c
where not c.is_street_level
