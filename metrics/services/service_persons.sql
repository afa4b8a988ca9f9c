/*
title: 服务惠及人数
meaning: 期内各场服务活动惠及人数之和
why: 看服务惠及多少职工
caveat: 每场各计各的人数，同一人参加几场的在各场各计一次，不是全年不重复的人数；人数与人次不能相加；没有写人数的不计入，列为缺项；街道本级开展、没有写明社区的只计入全街道
source: 服务活动台账
owner: 街道总工会
reviewed: 2026-11-23
unit: service
measure: 人
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
    s.persons as value,
    s.is_persons_approx as is_approximate,
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
