/*
title: 每人次服务支出
meaning: 期内服务支出 ÷ 服务人次，只计两项都写明的活动
why: 同一类服务花费相差多少，心中有数
caveat: 不同项目成本不同，宜按服务项目分开看；金额或人次缺一项的，两边都不计，列为缺项
source: 服务活动台账
owner: 街道总工会
reviewed: 2026-11-23
unit: service
measure: 元
kind: rate
interval: none
over: service_person_times
time: flow
better: none
decimals: 1
of_street: true
ledgers: [service]
*/
select
    s.service_id as unit_id,
    s.service_name as unit_name,
    s.community_id,
    s.month,
    s.park_id,
    s.industry,
    s.size_band,
    s.ownership,
    s.service_kind,
    s.funding_source,
    s.spending_yuan as value,
    s.person_times as base,
    (s.is_spending_approx or s.is_person_times_approx) as is_approximate,
    s.service_date,
    s.organiser,
    s.persons,
    s.person_times,
    s.spending_yuan,
    s.load_id,
    s.file,
    s.sheet,
    s."row"
from core.service as s
