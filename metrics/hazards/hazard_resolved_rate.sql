/*
title: 隐患化解率
meaning: 核实日期在期内、属实或部分属实的隐患中，已化解的条数 ÷ 核实属实的条数
why: 反映隐患在成为纠纷以前化解了多少
caveat: 重复线索合并计算，以首报的核实和化解记录为准；按核实日期计，化解与否以最近的台账为准、不限于当期，新近核实的还来不及化解；转为纠纷而没有化解日期的不算已化解；受上报积极性影响，不作排名
source: 隐患线索台账
owner: 街道总工会权益保障部门
reviewed: 2026-11-23
unit: hazard
measure: 条
kind: proportion
over: units
time: flow
better: none
ledgers: [hazard]
universe: hazard_verified
*/
select
    h.report_id as unit_id,
    coalesce(h.enterprise, h.report_id) as unit_name,
    h.community_id,
    h.verified_month as month,
    h.park_id,
    h.industry,
    h.size_band,
    h.ownership,
    h.sign,
    h.signs,
    h.informant_kind,
    h.level,
    h.is_resolved::integer as value,
    false as is_approximate,
    h.reported_date,
    h.workers_involved,
    h.urgency,
    h.verified_date,
    h.verify_result,
    h.case_no,
    h.resolved_date,
    h.first_report_id,
    h.same_reason_text,
    h.load_id,
    h.file,
    h.sheet,
    h."row"
from core.hazard as h
where h.is_first and h.is_checked and h.is_true
