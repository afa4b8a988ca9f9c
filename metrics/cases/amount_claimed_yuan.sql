/*
title: 诉求金额
meaning: 受理日期在期内的劳资纠纷，职工提出的诉求金额合计
why: 反映纠纷涉及的利益大小
caveat: 诉求、协议、已兑现是三个数，不相加；写“约”的按所写的数计入并标“约”，没有写明诉求金额的纠纷不计入，列为缺项；受上报积极性影响，不作排名
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
    d.received_month as month,
    d.park_id,
    d.industry,
    d.size_band,
    d.ownership,
    d.cause,
    d.causes,
    d.channel,
    d.group_band,
    d.amount_claimed_yuan as value,
    d.is_claimed_approx as is_approximate,
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
