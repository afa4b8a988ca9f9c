/*
title: 调解成功率（占受理）
meaning: 受理日期在期内的劳资纠纷中调解成功的宗数 ÷ 受理劳资纠纷宗数
why: 受理的纠纷里，到现在有多少调解成功
caveat: 本街道设置：“和解”{settlement_counts|计入|不计入}调解成功；在办的计入分母，近期受理的数值偏低，办结后会上升；三种调解成功率的分母不同，不能互相比较；受上报积极性影响，不作排名
source: 劳资纠纷台账
owner: 街道总工会权益保障部门
reviewed: 2026-11-23
unit: dispute
measure: 宗
kind: proportion
over: units
time: flow
better: none
ledgers: [dispute]
universe: dispute_received
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
    f.is_success::integer as value,
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
inner join core.case_fact as f on d.dispute_id = f.dispute_id
