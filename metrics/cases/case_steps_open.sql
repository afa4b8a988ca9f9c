/*
title: 在办的办理期限
meaning: 月末还没有办到、由本街道的组织办的期限项数；同一宗纠纷可以有几项
why: 反映手头有多少件有时限的事
caveat: 只计由本街道的组织办的事（决定是否受理、结束调解），不计仲裁、法院、当事人的期限；受上报积极性影响，不作排名
source: 纠纷办理流程台账、劳资纠纷台账
owner: 街道总工会权益保障部门
reviewed: 2026-11-23
unit: deadline
measure: 项
kind: balance
time: stock
better: none
ledgers: [dispute, case_step]
*/
select
    m.dispute_id || ' ' || c.title || ' ' || m.started_on as unit_id,
    d.dispute_id as unit_name,
    d.community_id,
    m.month,
    d.park_id,
    d.industry,
    d.size_band,
    d.ownership,
    d.cause,
    d.causes,
    d.channel,
    d.group_band,
    1 as value,
    false as is_approximate,
    c.starts as step,
    c.words,
    c.started_on,
    c.due_on,
    c.met_on,
    c.load_id,
    c.file,
    c.sheet,
    c."row"
from core.deadline_month as m
inner join core.case_deadline as c
    on m.dispute_id = c.dispute_id and m.rule = c.rule and m.started_on = c.started_on
inner join core.dispute as d on m.dispute_id = d.dispute_id
