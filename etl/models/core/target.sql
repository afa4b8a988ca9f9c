/*
title: 年度任务
meaning: 各社区和全街道各年度各项任务数；同一年度再次下达的以最后一次导入为准
columns:
  target_id: 任务标识（指标、社区、年度）
  community_id: 社区代码
  year: 年度
  indicator: 指标
  target: 任务数；比率为小数（0.95）
  is_approx: 任务数为约数
  is_street: 全街道的任务（社区一栏空着或写街道）；社区写了而认不出的不是
  load_id: 导入批次
  file: 来源文件
  sheet: 来源工作表
  row: 来源行号（Excel 行号，CSV 为物理行号）
unique: [target_id]
not_null: [target_id, year, indicator, target, is_street]
empty_without: [target]
*/
with unplaced as (
    select distinct load_id, file, sheet, "row"
    from intake.bad_cell
    where "column" = 'community'
),

placed as (
    -- 社区认不出的任务各成一行，既不并到一起，也不当作全街道的
    select t.*, t.community_id is null and u.load_id is null as is_street,
           case
               when t.community_id is not null then t.community_id
               when u.load_id is null then t.row_key
               else t.row_key || '|?'
           end as place
    from ledger.target as t
    left join unplaced as u on t.load_id = u.load_id and t.file = u.file and t.sheet = u.sheet and t."row" = u."row"
)

select indicator || '|' || place || '|' || year(period_to)::varchar as target_id, community_id, year(period_to)::integer as year,
       indicator, target, target_qualifier is not distinct from 'approx' as is_approx, is_street, load_id, file, sheet, "row"
from placed
qualify row_number() over (
    partition by indicator, place, year(period_to) order by load_no desc, unit_id = 'street', file, sheet, "row"
) = 1
