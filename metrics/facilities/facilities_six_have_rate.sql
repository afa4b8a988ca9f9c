/*
title: 驿站六有达标率
meaning: 六有（统一标识名称、合理站点布局、健全服务设施、完善服务功能、规范制度管理、地图查询功能）全部达标的驿站 ÷ 在用驿站
why: 户外劳动者服务站点的建设标准
caveat: 只看户外劳动者服务站点（驿站）；六有没有填全、又没有写明不达标的，列为缺项
source: 职工之家和阵地台账
owner: 街道总工会
reviewed: 2026-11-23
unit: facility
measure: 处
kind: proportion
over: units
time: stock
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
    cast(f.has_six as integer) as value,
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
where f.is_counted and f.kind = 'station'
