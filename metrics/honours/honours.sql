/*
title: 单位荣誉
meaning: 月末街道、社区、园区、企业的工会和单位保有的荣誉项数
why: 看各级工会获得的认可，分级别、分年份列出
caveat: 只登记单位（集体）荣誉，个人荣誉不入库；已撤销的不计。街道总工会自己的荣誉没有社区，计入全街道，不计入任何社区
source: 单位荣誉台账
owner: 街道总工会办公室
reviewed: 2026-11-23
unit: honour
measure: 项
kind: count
time: stock
of_street: true
better: none
ledgers: [honour]
*/
select
    h.honour_id as unit_id,
    h.honour as unit_name,
    h.community_id,
    h.month,
    h.park_id,
    h.level as honour_level,
    1 as value,
    false as is_approximate,
    h.recipient,
    h.awarded_by,
    h.awarded_date,
    h.load_id,
    h.file,
    h.sheet,
    h."row"
from core.honour_month as h
