/*
title: 办结劳资纠纷
meaning: 办结日期在期内且结果为终结性结果的劳资纠纷宗数
why: 与受理、在办对照：上月末在办 + 本月受理 − 本月办结 = 本月末在办
caveat: 只有结果而没有办结日期的，仍算在办；受上报积极性影响，不作排名
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
    d.closed_month as month,
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
where d.is_closed
