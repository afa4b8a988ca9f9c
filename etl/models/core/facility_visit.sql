/*
title: 阵地服务人次的来历
meaning: 每个月在册的阵地本年累计服务人次，一处一行；由上、下半年两份名册相加的两行，各指向自己的那一行台账
columns:
  visit_id: 阵地标识；另一行加“ 上半年”
  facility_id: 阵地标识
  month: 月份
  visits: 服务人次（推不出本年累计的为空）
  is_approx: 约数
  load_id: 导入批次
  file: 来源文件
  sheet: 来源工作表
  row: 来源行号（Excel 行号，CSV 为物理行号）
unique: [visit_id, month]
not_null: [visit_id, facility_id, month, is_approx]
tests:
  相加就是本年累计: >-
    select v.facility_id, v.month from core.facility_visit as v
    inner join core.facility_month as f on v.facility_id = f.facility_id and v.month = f.month
    group by v.facility_id, v.month, f.visits
    having sum(v.visits) is distinct from f.visits
empty_without: [facility]
*/
select facility_id as visit_id, facility_id, month,
       -- 没有另加上半年的，本行就是全部
       visits - coalesce(visits_before, 0) as visits, is_visits_approx as is_approx, load_id, file, sheet, "row"
from core.facility_month
union all
select f.facility_id || ' 上半年', f.facility_id, f.month, f.visits_before, h.is_approx, h.load_id, h.file, h.sheet, h."row"
from core.facility_month as f
inner join core.facility_half as h on f.facility_id = h.facility_id and year(f.as_of) = h.year and h.is_first
where f.visits_before is not null
