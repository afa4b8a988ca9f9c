/*
title: 已兑现金额
meaning: 办结日期在期内、达成协议（调解成功、和解）的劳资纠纷，已经兑现的金额合计
why: 协议写了不等于到手
caveat: 按办结日期计，以台账最近一次写明的数为准；没有写明已兑现金额的不计入，列为缺项，不当作未兑现
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
    d.amount_paid_yuan as value,
    d.is_paid_approx as is_approximate,
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
