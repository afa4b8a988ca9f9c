/*
title: 群体性纠纷（30人以上）
meaning: 受理日期在期内、涉及30人以上的劳资纠纷宗数
why: 群体性纠纷须及早报告、分级处置
caveat: 是集体纠纷（10人以上）的一部分，两者不相加；30人是通行做法，没有查到公布的文件；涉及人数不详的列为缺项；受上报积极性影响，不作排名
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
    case when d.is_mass then 1 end as value,
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
where d.is_mass is distinct from false
