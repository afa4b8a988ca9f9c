/*
title: 每千名职工服务人次
meaning: 期内服务人次 ÷ 各月末职工人数的平均数 × 1000
why: 社区大小不同，按职工人数折算后才看得出哪里服务得少
caveat: 期内累计，不折算为全年；服务或企业台账未报的社区月份，分子分母都不计；按服务项目、资金来源分组时分母仍为全部职工；街道本级开展、没有写明社区的只计入全街道
source: 服务活动台账、企业台账
owner: 街道总工会
reviewed: 2026-11-23
unit: service
measure: 人次
kind: rate
interval: none
over: workers
over_time: mean
per: 1000
time: flow
better: none
decimals: 0
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
    s.person_times as value,
    s.is_person_times_approx as is_approximate,
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
