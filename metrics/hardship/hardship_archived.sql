/*
title: 在档困难职工
meaning: 月末在档困难职工人数
why: 掌握困难职工有多少、变化如何，安排帮扶
caveat: 取当月所依据的一份档案，两份档案之间沿用上一份；旧分类的低保户计入深度困难，低保边缘户计入相对困难；不足5人的不显示，不提供明细
source: 困难职工档案
owner: 街道总工会权益保障部门
reviewed: 2026-11-23
unit: archive
measure: 人
kind: count
time: stock
no_rows: unknown
better: none
sensitive: true
ledgers: [hardship]
*/
select
    h.count_id as unit_id,
    h.hardship_tier as unit_name,
    h.community_id,
    h.month,
    h.hardship_tier,
    h.on_file as value,
    false as is_approximate,
    h.load_id,
    h.file,
    h.sheet,
    h."row"
from core.hardship_month as h
where not h.is_untold
