/*
title: 在办劳资纠纷
meaning: 月末已受理而尚未办结的劳资纠纷宗数
why: 反映手头的办理压力；上月末在办 + 本月受理 − 本月办结 = 本月末在办
caveat: 有办结日期且结果为终结性结果的才算办结；该等式在前后两月都已报的社区内成立；受上报积极性影响，不作排名
source: 劳资纠纷台账
owner: 街道总工会权益保障部门
reviewed: 2026-11-22
unit: dispute
measure: 宗
kind: balance
time: stock
better: none
ledgers: [dispute]
*/
select
    d.dispute_id as unit_id,
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
inner join core.month as m
    on d.received_month <= m.month and (d.closed_month is null or d.closed_month > m.month)
