/*
title: 调解成功劳资纠纷
meaning: 办结日期在期内、结果为调解成功的劳资纠纷宗数
why: 反映工会化解纠纷的工作成果
caveat: 本街道设置：“和解”{settlement_counts|计入|不计入}调解成功；按办结日期计，与按受理日期计的受理数不能直接相除
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
where d.is_mediated
