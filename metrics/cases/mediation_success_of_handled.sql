/*
title: 调解成功率（占调处）
meaning: 受理日期在期内、经过调处的劳资纠纷中调解成功的宗数 ÷ 经过调处的宗数
why: 动手调处过的纠纷里，到现在有多少调解成功
caveat: 本街道设置：“和解”{settlement_counts|计入|不计入}调解成功；调处：流程台账有协商、调解、协议或和解的环节，或办理结果为调解成功、和解、调解不成功；在办的计入分母；三种调解成功率的分母不同，不能互相比较；受上报积极性影响，不作排名
source: 劳资纠纷台账、纠纷办理流程台账
owner: 街道总工会权益保障部门
reviewed: 2026-11-23
unit: dispute
measure: 宗
kind: proportion
over: units
time: flow
better: none
ledgers: [dispute, case_step]
universe: dispute_received
left_out: 未经调处
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
where f.is_handled
