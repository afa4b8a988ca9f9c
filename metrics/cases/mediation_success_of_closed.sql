/*
title: 调解成功率（占办结）
meaning: 办结日期在期内的调解成功宗数 ÷ 调解结案宗数（结果为调解成功、和解或调解不成功）
why: 经调解办结的纠纷里，有多少调解成功
caveat: 本街道设置：“和解”{settlement_counts|计入|不计入}调解成功；撤回、移交、引导仲裁诉讼的不是调解结案，不计入分母；三种调解成功率的分母不同，不能互相比较；受上报积极性影响，不作排名
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
universe: dispute_closed
*/
select
    d.dispute_id as unit_id,
    d.dispute_id as unit_name,
    d.community_id,
    d.closed_month as month,
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
where f.is_mediation_closed
