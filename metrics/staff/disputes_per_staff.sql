/*
title: 每名工会工作人员受理纠纷数
meaning: 期内受理劳资纠纷宗数 ÷ 各月末工会工作人员数的平均数
why: 反映人手与工作量是否相称，是配备人员的依据
caveat: 受上报积极性影响，不作排名；是所选期内的宗数，没有折算为全年；分母不含兼职干部、志愿者等，也不含街道总工会本级人员；纠纷台账或队伍台账未报的社区月份，分子分母都不计
source: 劳资纠纷台账、工会干部队伍台账
owner: 街道总工会权益保障部门
reviewed: 2026-11-23
unit: dispute
measure: 宗
kind: rate
over: staff
over_time: mean
time: flow
better: none
interval: none
decimals: 1
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
