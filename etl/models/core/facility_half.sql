/*
title: 阵地半年服务人次
meaning: 半年的服务人次：统计期间为半年的、填在半年一列的，或6月末名册的本年累计；一处阵地一个半年一行，取最近的名册
columns:
  facility_id: 阵地标识
  year: 年份
  is_first: 上半年
  visits: 半年服务人次（没有写明的为空）
  is_approx: 约数
  load_id: 导入批次
  file: 来源文件
  sheet: 来源工作表
  row: 来源行号（Excel 行号，CSV 为物理行号）
unique: [facility_id, year, is_first]
not_null: [facility_id, year, is_first, is_approx]
empty_without: [facility]
*/
with told as (
    select *,
           coalesce(visits_period = 'half', false)
           -- 6月末的本年累计就是上半年
           or (month(as_of) = 6 and coalesce(visits_period, 'year') = 'year') as is_half
    from ledger.facility
)

select row_key as facility_id, year(as_of) as year, month(as_of) <= 6 as is_first,
       coalesce(visits_half, case when is_half then visits end) as visits,
       -- 没有数字就谈不上约数
       coalesce(
           coalesce(visits_half_qualifier, case when is_half then visits_qualifier end) = 'approx', false
       ) as is_approx,
       load_id, file, sheet, "row"
from told
qualify row_number() over (
    partition by row_key, year(as_of), month(as_of) <= 6 order by as_of desc, load_no desc, file, sheet, "row"
) = 1
