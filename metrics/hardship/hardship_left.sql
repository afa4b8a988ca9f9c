/*
title: 困难职工脱困、退出
meaning: 期内脱困或退出档案的困难职工人数
why: 掌握困难职工有多少、变化如何，安排帮扶
caveat: 只报全街道、整年的数：与在档人数一起，分社区或分月就能推算出个别人；只看档案截至日当年；不足5人的不显示，不提供明细
source: 困难职工档案
owner: 街道总工会权益保障部门
reviewed: 2026-11-23
unit: archive
measure: 人
kind: count
time: flow
no_rows: unknown
better: none
sensitive: true
beside: [hardship_entered, hardship_archived]
ledgers: [hardship]
*/
select
    h.count_id as unit_id,
    h.hardship_tier as unit_name,
    h.community_id,
    h.month,
    h.hardship_tier,
    h.has_left as value,
    false as is_approximate,
    h.load_id,
    h.file,
    h.sheet,
    h."row"
from core.hardship_month as h
where not h.is_untold
