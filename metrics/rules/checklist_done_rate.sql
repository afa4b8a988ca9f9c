/*
title: 清单落实率
meaning: 已落实的事项 ÷ 已落实、部分落实、未落实的事项
why: 看清单落实到哪一步
caveat: 部分落实的不算已落实；不适用的不计入；落实状态空白或认不出的列为缺项；清单由街道自定，各清单的事项轻重不同，不作社区排名
source: 工作清单台账
owner: 街道总工会
reviewed: 2026-11-23
unit: item
measure: 项
kind: proportion
over: units
time: stock
better: none
interval: none
ledgers: [checklist]
*/
select
    c.item_id as unit_id,
    c.item as unit_name,
    c.community_id,
    c.month,
    c.park_id,
    c.checklist,
    cast(c.is_done as integer) as value,
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
where c.status is distinct from 'not_applicable' and not c.is_street_level
