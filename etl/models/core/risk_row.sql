/*
title: 企业风险评分表的事实
meaning: >-
  评分表里每项事实一行；同一企业、同一项目、同一日期以最近一期台账为准，再以最后一次导入为准。
  对不上企业的 enterprise_id 为空，不定级
kind: view
columns:
  enterprise_id: 企业标识（对不上的为空）
  enterprise: 企业名称（台账所写）
  community_id: 社区代码
  indicator: 评分项目
  quantity: 程度；只有“有无”之分的项目，空白为1，其余空白为不详
  fact_date: 发生日期
  known_on: 台账何时已载明同样的内容：所在报告期的最后一天，不早于发生日期
  told_score: 台账自写的评分（只供核对）
  load_id: 导入批次
  file: 来源文件
  sheet: 来源工作表
  row: 来源行号
*/
with newest as (
    select *, min(period_to) over (partition by row_key, quantity) as told_on
    from ledger.risk_score
    qualify row_number() over (
        partition by row_key order by period_to desc, load_no desc, unit_id = 'street', file, sheet, "row"
    ) = 1
),

dated as (
    select n.*,
           -- 单位为“项”的只有有无之分，登记了就是有
           coalesce(n.quantity, case when u.value = '项' then 1 end) as degree
    from newest as n
    left join core.code_extra as u
        on u.list = 'risk_indicator' and u.name = 'unit' and u.code = n.indicator
    -- 只写到年份的日期落不到哪个月
    where n.fact_date_precision <> 'year'
)

select m.enterprise_id, d.enterprise_name as enterprise, d.community_id,
       d.indicator, d.degree as quantity, d.fact_date,
       greatest(d.fact_date, coalesce(d.told_on, d.fact_date)) as known_on, d.score as told_score,
       d.load_id, d.file, d.sheet, d."row"
from dated as d
left join core.enterprise_match as m on m.ledger = 'risk_score' and d.row_id = m.row_id
