/*
title: 隐患线索核实属实率
meaning: 核实日期在期内的隐患线索中，核实属实或部分属实的条数 ÷ 已核实的条数
why: 反映线索的准确程度
caveat: 按核实日期计；待核实、没有核实日期的不计；重复线索各自核实、各计一条；受上报积极性影响，不作排名
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
    h.is_true::integer as value,
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
where h.is_checked
