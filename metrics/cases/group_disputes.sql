/*
title: 集体纠纷（10人以上）
meaning: 受理日期在期内、涉及10人以上的劳资纠纷宗数
why: 人数多的纠纷要优先办理，10人以上可推举代表
caveat: 含30人以上的；涉及人数不详的列为缺项；受上报积极性影响，不作排名
source: 劳资纠纷台账
owner: 街道总工会权益保障部门
reviewed: 2026-11-23
unit: dispute
measure: 宗
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
    case when d.is_group then 1 end as value,
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
where d.is_group is distinct from false
