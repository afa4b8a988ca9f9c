/*
title: 计入评分的事实
meaning: 一种评分办法的一条规则认得的一项事实一行（不管哪个月有效、同一项目是否另有更高的）
columns:
  scheme: 评分办法
  enterprise_id: 企业标识
  community_id: 社区代码
  rule: 规则
  rule_order: 规则的先后
  title: 规则的文字
  item: 同一项目只计最高的一条
  points: 分值（不计分的办法为空）
  severity: 规则直接定的等级（数字越大越重；计分的办法为空）
  only_with_others: 只在另有其他事实时计入
  indicator: 评分项目
  quantity: 程度
  fact_date: 发生日期
  known_on: 台账何时已载明
  valid_to: 有效期至（规则另有天数的从其天数）
  ledger: 依据的台账
  load_id: 导入批次
  file: 来源文件
  sheet: 来源工作表
  row: 来源行号（Excel 行号，CSV 为物理行号）
not_null: [scheme, enterprise_id, rule, item, fact_date, known_on, valid_to, ledger, load_id, file, sheet, row]
empty_without: [dispute, hazard, online_request, risk_score]
*/
select r.scheme, f.enterprise_id, f.community_id, r.rule, r.rule_order, r.title, r.item, r.points, l.severity,
       r.only_with_others, f.indicator, f.quantity, f.fact_date, f.known_on,
       case when f.is_lasting or r.window_days is null then f.valid_to
            else (f.fact_date + r.window_days)::date end as valid_to,
       f.ledger, f.load_id, f.file, f.sheet, f."row"
from core.warning_fact as f
inner join core.warning_rule as r
    on f.indicator = r.indicator and (f.quantity >= r.at_least or f.quantity > r.above)
left join core.warning_scheme_level as l on r.scheme = l.scheme and r.level = l.level
