/*
title: 在用阵地数
meaning: 月末在册、在用的工会阵地处数（职工之家、职工小家、职工书屋、驿站等）
why: 反映职工身边有多少可去的工会阵地，也是面积和服务人次的底数
caveat: 停用、拆除、撤销的不计，降星的和状态空白的计入；写明“所在阵地”的是另一处的一部分，不另计
source: 职工之家和阵地台账
owner: 街道总工会
reviewed: 2026-11-23
unit: facility
measure: 处
kind: count
time: stock
better: none
ledgers: [facility]
*/
select
    f.facility_id as unit_id,
    f.facility as unit_name,
    f.community_id,
    f.month,
    f.park_id,
    f.kind as facility_kind,
    1 as value,
    false as is_approximate,
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
