/*
title: 阵地分布
meaning: 每个月计入的、有经纬度的阵地排成的一种分布，一处也没有经纬度的为空；阵地没有增减、移动的月份是同一种，距离只算一次
columns:
  month: 月份
  layout: 分布的标识
  unlocated: 计入而没有经纬度的阵地数
unique: [month]
not_null: [month, unlocated]
empty_without: [facility]
*/
select month,
       md5(
           string_agg(facility_id || ' ' || lon || ' ' || lat, '|' order by facility_id)
           filter (where lon is not null and lat is not null)
       ) as layout,
       count(*) filter (where lon is null or lat is null) as unlocated
from core.facility_month
where is_counted
group by month
