/*
title: 服务活动场次
meaning: 期内开展的服务活动场数
why: 看服务开展得多不多、覆盖到哪里
caveat: 一场一行，不论人数多少；街道本级开展、没有写明社区的只计入全街道；按行业、企业规模分组的只有写明服务企业的活动
source: 服务活动台账
owner: 街道总工会
reviewed: 2026-11-23
unit: service
measure: 场
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
    1 as value,
    false as is_approximate,
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
