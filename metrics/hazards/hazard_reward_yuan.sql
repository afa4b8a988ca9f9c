/*
title: 实发隐患奖励
meaning: 发放日期在期内的信息员隐患奖励合计
why: 与线索在先的纠纷对照，看奖励花得值不值
caveat: 按发放日期计，不论标准如何、是否首报，实发多少计多少；写了金额而没有发放日期的，按报告月份列为缺项；受上报积极性影响，不作排名
source: 隐患线索台账
owner: 街道总工会权益保障部门
reviewed: 2026-11-23
unit: hazard
measure: 元
kind: amount
time: flow
better: none
decimals: 0
ledgers: [hazard]
*/
select
    h.report_id as unit_id,
    coalesce(h.enterprise, h.report_id) as unit_name,
    h.community_id,
    coalesce(h.paid_month, h.reported_month) as month,
    h.park_id,
    h.industry,
    h.size_band,
    h.ownership,
    h.sign,
    h.signs,
    h.informant_kind,
    h.level,
    case when h.paid_month is not null then h.reward_paid_yuan end as value,
    h.is_paid_approx as is_approximate,
    h.reported_date,
    h.verify_result,
    h.reward_standard,
    h.reward_due_yuan,
    h.reward_paid_yuan,
    h.paid_date,
    h.first_report_id,
    h.load_id,
    h.file,
    h.sheet,
    h."row"
from core.hazard as h
where h.paid_month is not null or h.reward_paid_yuan > 0
