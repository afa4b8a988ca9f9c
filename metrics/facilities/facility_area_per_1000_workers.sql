/*
title: 每千名职工阵地面积
meaning: 在用阵地面积 ÷ 在经营企业职工人数 × 1000
why: 消除社区大小的影响后比较阵地的规模
caveat: 面积、职工数按两份台账各自合计后相除；没有面积的阵地不计入分子，列为缺项
source: 职工之家和阵地台账
owner: 街道总工会
reviewed: 2026-11-23
unit: facility
measure: 平方米
kind: rate
over: workers
per: 1000
time: stock
interval: none
decimals: 1
better: higher
ledgers: [facility, enterprise]
*/
select
    f.facility_id as unit_id,
    f.facility as unit_name,
    f.community_id,
    f.month,
    f.park_id,
    f.kind as facility_kind,
    f.area_m2 as value,
    f.is_area_approx as is_approximate,
    f.tier as facility_tier,
    f.star,
    f.area_m2,
    f.visits,
    f.built_date,
    f.union_name,
    f.status as facility_status,
    f.lon,
    f.lat,
    f.load_id,
    f.file,
    f.sheet,
    f."row"
from core.facility_month as f
where f.is_counted
