/*
title: 服务人次
meaning: 期内各场服务活动服务人次之和
why: 专项经费办的服务一年惠及多少人次
caveat: 只计写明人次的活动；只写了人数的不用人数代替，列为缺项；人次与人数不能相加；街道本级开展、没有写明社区的只计入全街道
source: 服务活动台账
owner: 街道总工会
reviewed: 2026-11-23
unit: service
measure: 人次
kind: count
time: flow
better: none
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
