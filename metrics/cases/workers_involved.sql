/*
title: 涉及职工人数
meaning: 受理日期在期内的劳资纠纷涉及的职工人数合计
why: 同样是一宗纠纷，涉及1人和涉及100人分量不同
caveat: 按宗合计的人数：同一职工先后两宗纠纷的计两次；写“约”的按所写的数计入并标“约”，写人次、范围或空白的不计入，列为缺项；受上报积极性影响，不作排名
source: 劳资纠纷台账
owner: 街道总工会权益保障部门
reviewed: 2026-11-23
unit: dispute
measure: 人
kind: count
time: flow
better: none
ledgers: [dispute]
*/
select
    d.dispute_id as unit_id,
    d.dispute_id as unit_name,
    d.community_id,
    d.received_month as month,
    d.park_id,
    d.industry,
    d.size_band,
    d.ownership,
    d.cause,
    d.causes,
    d.channel,
    d.group_band,
    d.workers_involved as value,
    d.is_workers_approx as is_approximate,
    d.outcome,
    d.received_date,
    d.closed_date,
    d.workers_involved,
    d.load_id,
    d.file,
    d.sheet,
    d."row"
from core.dispute as d
