/*
title: 受理劳资纠纷
meaning: 受理日期在期内的劳资纠纷宗数
why: 反映劳动关系矛盾的数量和走势
caveat: 受上报积极性影响，不作排名，也不区分好坏；同一案号只计一宗
source: 劳资纠纷台账
owner: 街道总工会权益保障部门
reviewed: 2026-11-22
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
    1 as value,
    false as is_approximate,
    d.outcome,
    d.received_date,
    d.closed_date,
    d.workers_involved,
    d.load_id,
    d.file,
    d.sheet,
    d."row"
from core.dispute as d
