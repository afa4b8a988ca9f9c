/*
title: 线索在先的纠纷占比
meaning: 受理日期在期内的劳资纠纷中，受理当日或以前已有隐患线索的宗数 ÷ 受理宗数
why: 反映隐患排查对纠纷的覆盖程度
caveat: 台账写明转案编号的从台账；没有写的，同一企业在受理前设定天数内有线索的算在先，核实不属实的除外；受理前设定天数内隐患台账没有报齐的纠纷，是否在先不详，分子分母都不计，列为缺项；受上报积极性影响，不作排名
source: 劳资纠纷台账、隐患线索台账
owner: 街道总工会权益保障部门
reviewed: 2026-11-23
unit: dispute
measure: 宗
kind: proportion
over: units
time: flow
better: none
ledgers: [dispute, hazard]
universe: dispute_received
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
    case when l.is_window_known then l.is_preceded::integer end as value,
    false as is_approximate,
    d.outcome,
    d.received_date,
    d.closed_date,
    d.workers_involved,
    l.first_report_id,
    l.lead_days,
    d.load_id,
    d.file,
    d.sheet,
    d."row"
from core.dispute as d
inner join core.dispute_lead as l on d.dispute_id = l.dispute_id
