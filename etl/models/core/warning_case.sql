/*
title: 对得上企业的纠纷
meaning: 可作企业风险事实的纠纷，每宗一行，并注明台账何时已载明（历史检验不看当时还不知道的）
columns:
  dispute_id: 案件编号
  enterprise_id: 企业标识
  community_id: 社区代码
  received_date: 受理日期
  received_month: 受理月份
  is_group: 集体纠纷（10人以上）
  is_mass: 30人以上纠纷
  known_on: 台账何时已载明：同样的受理日期和人数最早所在报告期的最后一天，不早于受理日期
  load_id: 导入批次
  file: 来源文件
  sheet: 来源工作表
  row: 来源行号（Excel 行号，CSV 为物理行号）
empty_without: [dispute]
*/
with told as (
    select case_no as dispute_id, received_date, workers_involved, min(period_to) as told_on
    from ledger.dispute
    group by case_no, received_date, workers_involved
)

select d.dispute_id, d.enterprise_id, d.community_id, d.received_date, d.received_month,
       -- 人数不详的，不能说是集体纠纷
       coalesce(d.is_group, false) as is_group, coalesce(d.is_mass, false) as is_mass,
       greatest(d.received_date, coalesce(t.told_on, d.received_date)) as known_on,
       d.load_id, d.file, d.sheet, d."row"
from core.dispute as d
left join told as t
    on d.dispute_id = t.dispute_id and d.received_date = t.received_date
    and d.workers_involved is not distinct from t.workers_involved
where d.enterprise_id is not null
