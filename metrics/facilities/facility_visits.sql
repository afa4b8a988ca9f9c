/*
title: 阵地服务人次（本年累计）
meaning: 月末在用阵地自当年1月至名册截至日的服务人次合计
why: 反映阵地有没有人用
caveat: 是人次，不是人数；统计期间没有写明的按本年累计读，写明半年的由上、下半年相加；写日均、当月、建成以来的推不出本年累计，不折算，列为缺项。沿用上期名册的月份，数到那份名册的截至日为止，上年的名册没有本年累计，列为缺项；写明“所在阵地”的是另一处的一部分，不另计
source: 职工之家和阵地台账
owner: 街道总工会
reviewed: 2026-11-23
unit: facility
measure: 人次
kind: amount
time: stock
running: true
decimals: 0
better: none
ledgers: [facility]
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
