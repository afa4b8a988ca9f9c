/*
title: 隐患线索核实用时
meaning: 核实日期在期内的隐患线索，从报告到核实的天数的中位数
why: 线索核实得越快，化解的余地越大
caveat: 当日核实为0天；日期只写到月份的算不出天数，列为缺项；重复线索各计一条
source: 隐患线索台账
owner: 街道总工会权益保障部门
reviewed: 2026-11-23
unit: hazard
measure: 天
kind: median
aggregate: median
time: flow
better: none
ledgers: [hazard]
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
    h.days_to_verify as value,
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
