/*
title: 每宗线索在先纠纷的隐患奖励
meaning: 期内实发隐患奖励 ÷ 期内受理、线索在先的纠纷宗数
why: 反映每有一宗纠纷事先得到线索，奖励花了多少
caveat: 奖励按发放日期、纠纷按受理日期计，月度数起伏大，宜看累计；化解在纠纷以前的隐患也得了奖励，却不在分母里；分母为0时没有数；受上报积极性影响，不作排名
source: 隐患线索台账、劳资纠纷台账
owner: 街道总工会权益保障部门
reviewed: 2026-11-23
unit: hazard
measure: 元
kind: rate
over: disputes_preceded_by_report
time: flow
better: none
interval: none
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
