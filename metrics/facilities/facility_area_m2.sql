/*
title: 阵地面积
meaning: 月末在用阵地的面积合计
why: 反映阵地的规模
caveat: 以台账所填面积为准（建筑面积、使用面积没有区分）；填“约”的按所填数计入并标“约”，没有填、填范围的不计入，列为缺项；写明“所在阵地”的是另一处的一部分，不另计
source: 职工之家和阵地台账
owner: 街道总工会
reviewed: 2026-11-23
unit: facility
measure: 平方米
kind: amount
time: stock
decimals: 0
better: higher
ledgers: [facility]
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
