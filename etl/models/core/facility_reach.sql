/*
title: 企业位置到最近阵地的直线距离
meaning: >-
  每种阵地分布下、企业所在的每个位置，1,100米以内最近的阵地（再远的没有行）。直线距离，按大圆算，不是步行距离；
  先按格子（0.01度纬度、0.02度经度，在中国都不小于1,100米）对上自己和四周的格，再算距离，不必两两全算
columns:
  layout: 阵地分布的标识
  lon: 企业经度（WGS84）
  lat: 企业纬度（WGS84）
  facility_id: 最近的阵地
  facility: 最近的阵地的名称
  distance_m: 直线距离（米）
unique: [layout, lon, lat]
not_null: [layout, lon, lat, facility_id, distance_m]
empty_without: [facility]
*/
with spot as (
    select l.layout, f.facility_id, f.facility, f.lon, f.lat
    from (select layout, min(month) as month from core.facility_layout group by layout) as l
    inner join core.facility_month as f on l.month = f.month
    where f.is_counted and f.lon is not null and f.lat is not null
),

step as (
    select unnest([-1, 0, 1]) as step
),

-- 每处阵地列在自己和四周的九格里
around as (
    select s.*, floor(s.lon / 0.02)::integer + east.step as lon_cell, floor(s.lat / 0.01)::integer + north.step as lat_cell
    from spot as s
    cross join step as east
    cross join step as north
),

place as (
    select distinct l.layout, e.lon, e.lat, floor(e.lon / 0.02)::integer as lon_cell, floor(e.lat / 0.01)::integer as lat_cell
    from core.facility_layout as l
    inner join core.enterprise_month as e on l.month = e.month
    where e.is_operating and e.lon is not null and e.lat is not null
),

near as (
    select p.layout, p.lon, p.lat, s.facility_id, s.facility,
           2 * 6371008.8 * asin(sqrt(
               pow(sin(radians(s.lat - p.lat) / 2), 2)
               + cos(radians(p.lat)) * cos(radians(s.lat)) * pow(sin(radians(s.lon - p.lon) / 2), 2)
           )) as distance_m
    from place as p
    inner join around as s on p.layout = s.layout and p.lon_cell = s.lon_cell and p.lat_cell = s.lat_cell
)

select layout, lon, lat, facility_id, facility, distance_m
from near
where distance_m <= 1100
qualify row_number() over (partition by layout, lon, lat order by distance_m, facility_id) = 1
