/*
title: 办结用时
meaning: 办结日期在期内的劳资纠纷，从受理到办结的天数的中位数
why: 反映纠纷从受理到办结要多久
caveat: 只看已办结的，在办时间长的不在其中（各段时长见纠纷办理）；当日受理当日办结为0天；日期只写到月、前后颠倒的算不出天数，列为缺项；受上报积极性影响，不作排名
source: 劳资纠纷台账
owner: 街道总工会权益保障部门
reviewed: 2026-11-23
unit: dispute
measure: 天
kind: median
aggregate: median
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
    f.days_to_close as value,
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
where d.is_closed
