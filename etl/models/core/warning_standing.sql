/*
title: 月末有效的事实
meaning: 每个月末仍有效的计入评分的事实；同一项目只有最高的一条计入（is_counted）
columns:
  scheme: 评分办法
  enterprise_id: 企业标识
  month: 月份
  community_id: 社区代码
  rule: 规则
  rule_order: 规则的先后
  title: 规则的文字
  item: 同一项目只计最高的一条
  points: 分值（不计分的办法为空）
  severity: 规则直接定的等级（计分的办法为空）
  only_with_others: 只在另有其他事实时计入
  indicator: 评分项目
  quantity: 程度
  fact_date: 发生日期
  known_on: 台账何时已载明
  valid_to: 有效期至
  ledger: 依据的台账
  load_id: 导入批次
  file: 来源文件
  sheet: 来源工作表
  row: 来源行号（Excel 行号，CSV 为物理行号）
  is_counted: 计入：同一项目中分值（等级）最高、有效期最长的一条
not_null: [scheme, enterprise_id, month, rule, is_counted]
empty_without: [dispute, hazard, online_request, risk_score]
*/
with standing as (
    select h.*, m.month
    from core.warning_hit as h
    inner join core.warning_month as m on h.fact_date <= m.month_end and h.valid_to >= m.month_end
),

-- 只在另有其他事实时计入的，没有其他事实就不计
others as (
    select distinct scheme, enterprise_id, month
    from standing
    where not only_with_others
)

select s.scheme, s.enterprise_id, s.month, s.community_id, s.rule, s.rule_order, s.title, s.item, s.points, s.severity,
       s.only_with_others, s.indicator, s.quantity, s.fact_date, s.known_on, s.valid_to,
       s.ledger, s.load_id, s.file, s.sheet, s."row",
       row_number() over (
           partition by s.scheme, s.enterprise_id, s.month, s.item
           order by s.points desc nulls last, s.severity desc nulls last, s.valid_to desc, s.fact_date desc,
                    s.rule_order, s.ledger, s.load_id, s.file, s.sheet, s."row"
       ) = 1 as is_counted
from standing as s
semi join others as o on s.scheme = o.scheme and s.enterprise_id = o.enterprise_id and s.month = o.month
