/*
title: 隐患线索
meaning: 报告日期在期内的隐患线索条数，同一隐患有几条线索就计几条
why: 反映信息员报告隐患的数量和走势
caveat: 受上报积极性影响，不作排名，也不区分好坏；同一线索编号只计一条
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
