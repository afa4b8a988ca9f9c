/*
title: 线索提前天数
meaning: 受理日期在期内、线索在先的劳资纠纷，从最早的线索到受理的天数的中位数
why: 反映线索给调处留出了多少时间
caveat: 台账写明转案编号的从台账；没有写的，同一企业在受理前设定天数内有线索的算在先，核实不属实的除外；受理当日报告的为0天；日期只写到月份的算不出天数，列为缺项；没有线索的纠纷不计
source: 劳资纠纷台账、隐患线索台账
owner: 街道总工会权益保障部门
reviewed: 2026-11-23
unit: dispute
measure: 天
kind: median
aggregate: median
time: flow
better: none
ledgers: [dispute, hazard]
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
    l.lead_days as value,
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
where l.is_preceded
