/*
title: 社区月表
meaning: 各月在册的社区及其面积、人口；首份社区名册之前的月份按代码表全部在册，面积人口不详
columns:
  community_id: 社区代码
  month: 月份
  area_km2: 面积（平方公里）
  is_area_approx: 面积为约数
  resident_population: 常住人口
  is_residents_approx: 常住人口为约数
  registered_population: 户籍人口
  is_registered_approx: 户籍人口为约数
  lon: 驻地经度
  lat: 驻地纬度
  as_of: 所依据名册的截至日
  load_id: 导入批次
  file: 来源文件
  sheet: 来源工作表
  row: 来源行号（Excel 行号，CSV 为物理行号）
unique: [community_id, month]
not_null: [community_id, month]
*/
with held as (
    select m.month, s.community_id, s.snapshot_id, s.as_of,
           s.as_of = max(s.as_of) over (partition by m.month) as is_newest
    from core.month as m
    inner join core.snapshot as s on s.ledger = 'community' and s.as_of <= m.month_end
),

listed as (
    select h.month, h.community_id, l.area_km2, l.resident_population, l.registered_population, l.lon, l.lat,
           -- 没有数字就谈不上约数
           coalesce(l.area_km2_qualifier = 'approx', false) as is_area_approx,
           coalesce(l.resident_population_qualifier = 'approx', false) as is_residents_approx,
           coalesce(l.registered_population_qualifier = 'approx', false) as is_registered_approx,
           l.as_of, l.load_id, l.file, l.sheet, l."row"
    from held as h
    inner join ledger.community as l
        on h.snapshot_id = l.snapshot_id and h.as_of = l.as_of and h.community_id = l.community_id
    where h.is_newest
    qualify row_number() over (partition by h.month, h.community_id order by l.file, l.sheet, l.row) = 1
)

select community_id, month, area_km2, is_area_approx, resident_population, is_residents_approx, registered_population,
       is_registered_approx, lon, lat, as_of, load_id, file, sheet, "row"
from listed
union all
select c.community_id, m.month, null, false, null, false, null, false, null, null, null, null, null, null, null
from core.month as m
cross join core.community as c
where m.month not in (select month from listed)
