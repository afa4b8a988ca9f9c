/*
title: 服务经费预算
meaning: 每年各项服务经费预算一行；同一年度、来源、项目、社区再次下达的以最后一次导入为准
columns:
  budget_id: 预算标识（年度、来源、项目、社区）
  year: 年度
  community_id: 社区代码（全街道的为空）
  funding_source: 资金来源
  service_kind: 服务项目（不分项目的为空）
  amount_yuan: 预算金额（元）
  is_approx: 预算金额为约数
  load_id: 导入批次
  file: 来源文件
  sheet: 来源工作表
  row: 来源行号（Excel 行号，CSV 为物理行号）
empty_without: [budget]
unique: [budget_id]
not_null: [budget_id, year, funding_source, amount_yuan]
*/
select concat_ws('|', year(period_to)::varchar, row_key) as budget_id, year(period_to)::integer as year, community_id,
       source as funding_source, item as service_kind, amount as amount_yuan,
       amount_qualifier is not distinct from 'approx' as is_approx, load_id, file, sheet, "row"
from ledger.budget
qualify row_number() over (
    partition by row_key, year(period_to) order by load_no desc, unit_id = 'street', file, sheet, "row"
) = 1
