/*
title: 协议金额
meaning: 办结日期在期内、达成协议（调解成功、和解）的劳资纠纷，协议写明的金额合计
why: 反映调解为职工落实了多少
caveat: 按办结日期计，与按受理日期计的诉求金额不能直接相除；达成协议而没有写明金额的不计入，列为缺项
source: 劳资纠纷台账
owner: 街道总工会权益保障部门
reviewed: 2026-11-23
unit: dispute
measure: 元
kind: amount
decimals: 0
time: flow
better: none
ledgers: [dispute]
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
    d.amount_agreed_yuan as value,
    d.is_agreed_approx as is_approximate,
    d.outcome,
    d.received_date,
    d.closed_date,
    d.workers_involved,
    d.amount_claimed_yuan,
    d.amount_agreed_yuan,
    d.amount_paid_yuan,
    d.load_id,
    d.file,
    d.sheet,
    d."row"
from core.dispute as d
where d.is_agreed
