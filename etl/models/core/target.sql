/*
title: 年度任务
meaning: 各社区各年度各项任务数；同一年度再次下达的以最后一次导入为准
columns:
  target_id: 任务标识（指标、社区、年度）
  community_id: 社区代码
  year: 年度
  indicator: 指标
  target: 任务数
  is_approx: 任务数为约数
  load_id: 导入批次
  file: 来源文件
  sheet: 来源工作表
  row: 来源行号（Excel 行号，CSV 为物理行号）
unique: [target_id]
not_null: [target_id, year, indicator, target]
*/
-- 社区不明的任务各成一行，不能并到一起
select indicator || '|' || coalesce(community_id, row_key) || '|' || year(period_to)::varchar as target_id, community_id, year(period_to)::integer as year,
       indicator, target, target_qualifier is not distinct from 'approx' as is_approx, load_id, file, sheet, "row"
from ledger.target
qualify row_number() over (
    partition by indicator, coalesce(community_id, row_key), year(period_to) order by load_no desc, unit_id = 'street', file, sheet, "row"
) = 1
