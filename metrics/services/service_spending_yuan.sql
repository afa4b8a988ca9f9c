/*
title: 服务支出
meaning: 期内各场服务活动支出金额之和
why: 看服务经费用了多少、用在哪里
caveat: 按活动日期计，不是入账日期；没有写金额的不计入，列为缺项；街道本级开展、没有写明社区的只计入全街道
source: 服务活动台账
owner: 街道总工会
reviewed: 2026-11-23
unit: service
measure: 元
kind: amount
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
    s.spending_yuan as value,
    s.is_spending_approx as is_approximate,
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
