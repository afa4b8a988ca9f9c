/*
title: 评分依据
meaning: 每家企业每个月末计入的每一条：规则、分值、事实的日期、有效期和所在的行；各条分值之和就是评分
columns:
  scheme: 评分办法
  enterprise_id: 企业标识
  month: 月份
  rule: 规则
  rule_order: 规则的先后
  title: 规则的文字
  points: 分值（不计分的办法为空）
  severity: 规则直接定的等级（计分的办法为空）
  indicator: 评分项目
  quantity: 程度
  fact_date: 发生日期
  valid_to: 有效期至
  ledger: 依据的台账
  load_id: 导入批次
  file: 来源文件
  sheet: 来源工作表
  row: 来源行号（Excel 行号，CSV 为物理行号）
not_null: [scheme, enterprise_id, month, rule, fact_date, valid_to, ledger, load_id, file, sheet, row]
unique: [scheme, enterprise_id, month, rule]
empty_without: [dispute, hazard, online_request, risk_score]
*/
select scheme, enterprise_id, month, rule, rule_order, title, points, severity, indicator, quantity, fact_date, valid_to,
       ledger, load_id, file, sheet, "row"
from core.warning_standing
where is_counted
