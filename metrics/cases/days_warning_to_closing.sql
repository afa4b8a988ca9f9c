/*
title: 预警到办结用时
meaning: 办结日期在期内、流程台账有线索登记、预警或报告环节的劳资纠纷，从其中最早的一个环节到办结的天数的中位数
why: 从流程台账的预警环节算起，到纠纷办结要多久
caveat: 与“线索到办结用时”起点不同，不能相加或互换；没有预警环节的纠纷不计；日期只写到月、前后颠倒的算不出天数，列为缺项；受上报积极性影响，不作排名
source: 劳资纠纷台账、纠纷办理流程台账
owner: 街道总工会权益保障部门
reviewed: 2026-11-23
unit: dispute
measure: 天
kind: median
aggregate: median
time: flow
better: none
ledgers: [dispute, case_step]
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
    f.days_warning_to_closing as value,
    false as is_approximate,
    d.outcome,
    d.received_date,
    d.closed_date,
    f.warned_date,
    d.workers_involved,
    d.load_id,
    d.file,
    d.sheet,
    d."row"
from core.dispute as d
inner join core.case_fact as f on d.dispute_id = f.dispute_id
where d.is_closed and f.warned_date is not null
