/*
title: 隐患（重复线索合并）
meaning: 报告日期在期内的隐患条数，同一隐患的重复线索只计首报一条
why: 几个信息员报告同一隐患时，线索条数多于隐患条数
caveat: 台账写明首报编号的从台账；没有写的，同一企业、有相同表征、相隔不超过设定天数且首报尚未化解的视为同一隐患；核实不属实的也计在内；受上报积极性影响，不作排名
source: 隐患线索台账
owner: 街道总工会权益保障部门
reviewed: 2026-11-23
unit: hazard
measure: 条
kind: count
time: flow
better: none
ledgers: [hazard]
*/
select
    h.report_id as unit_id,
    coalesce(h.enterprise, h.report_id) as unit_name,
    h.community_id,
    h.reported_month as month,
    h.park_id,
    h.industry,
    h.size_band,
    h.ownership,
    h.sign,
    h.signs,
    h.informant_kind,
    h.level,
    1 as value,
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
where h.is_first
