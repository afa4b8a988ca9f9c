/*
title: 每千名职工阵地服务人次（本年累计）
meaning: 在用阵地自当年1月至名册截至日的服务人次 ÷ 在经营企业职工人数 × 1000
why: 消除社区大小的影响后看阵地的使用
caveat: 是人次，同一人多次到访重复计；来的也可能是别的社区的职工。没有服务人次的阵地、只有上年名册的月份不计入分子，列为缺项
source: 职工之家和阵地台账
owner: 街道总工会
reviewed: 2026-11-23
unit: facility
measure: 人次
kind: rate
over: workers
per: 1000
time: stock
running: true
interval: none
decimals: 1
better: none
ledgers: [facility, enterprise]
*/
select
    v.visit_id as unit_id,
    f.facility as unit_name,
    f.community_id,
    f.month,
    f.park_id,
    f.kind as facility_kind,
    v.visits as value,
    v.is_approx as is_approximate,
    f.tier as facility_tier,
    f.star,
    f.area_m2,
    f.built_date,
    f.union_name,
    f.status as facility_status,
    f.lon,
    f.lat,
    v.load_id,
    v.file,
    v.sheet,
    v."row"
from core.facility_visit as v
inner join core.facility_month as f on v.facility_id = f.facility_id and v.month = f.month
where f.is_counted
