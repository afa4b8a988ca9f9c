/*
title: 服务活动
meaning: 街道、社区和园区工会开展的每场服务活动一行；同一场以最近一期台账为准，再以最后一次导入为准
columns:
  service_id: 活动标识（活动编号；没有编号的由日期、项目、主题、地点等合成）
  service_name: 活动名称：日期和服务项目（主题、地点可能写有个人姓名，不入库）
  community_id: 社区代码（台账未写的，取信用代码或名称对上的企业所在社区；街道本级的为空）
  park_id: 园区代码
  enterprise: 服务企业
  enterprise_id: 服务企业的标识（没有写明企业或对不上的为空）
  industry: 行业门类（GB/T 4754）
  size_band: 服务企业的职工人数分段
  ownership: 服务企业的登记注册类型
  service_kind: 服务项目
  funding_source: 资金来源
  organiser: 主办工会
  service_date: 活动日期
  month: 活动月份
  persons: 惠及人数（人；没有写的为空）
  is_persons_approx: 惠及人数为约数
  person_times: 服务人次（没有写的为空，不用人数代替）
  is_person_times_approx: 服务人次为约数
  spending_yuan: 支出金额（元）
  is_spending_approx: 支出金额为约数
  satisfaction: 满意度
  load_id: 导入批次
  file: 来源文件
  sheet: 来源工作表
  row: 来源行号（Excel 行号，CSV 为物理行号）
empty_without: [service]
unique: [service_id]
not_null: [service_id, service_name, service_date, month, service_kind]
tests:
  一场不少: select 1 where (select count(*) from core.service) <> (select count(distinct row_key) from ledger.service)
*/
with newest as (
    select *
    from ledger.service
    qualify row_number() over (
        partition by row_key order by period_to desc, load_no desc, unit_id = 'street', file, sheet, "row"
    ) = 1
),

titles as (
    select code as item, title from core.code where list = 'service_kind'
)

select coalesce(s.record_no, left(md5(s.row_key), 12)) as service_id,
       case when s.service_date_precision = 'day' then strftime(s.service_date, '%Y-%m-%d') else strftime(s.service_date, '%Y-%m') end
       || ' ' || t.title as service_name,
       coalesce(s.community_id, e.community_id) as community_id, coalesce(s.park_id, e.park_id) as park_id,
       coalesce(s.enterprise_name, e.enterprise) as enterprise, m.enterprise_id, e.industry, e.size_band, e.ownership,
       s.item as service_kind, s.source as funding_source, s.organiser,
       s.service_date, date_trunc('month', s.service_date)::date as month,
       s.persons, s.persons_qualifier is not distinct from 'approx' as is_persons_approx,
       s.person_times, s.person_times_qualifier is not distinct from 'approx' as is_person_times_approx,
       s.spending as spending_yuan, s.spending_qualifier is not distinct from 'approx' as is_spending_approx,
       s.satisfaction, s.load_id, s.file, s.sheet, s."row"
from newest as s
inner join titles as t on s.item = t.item
left join core.enterprise_match as m on m.ledger = 'service' and s.row_id = m.row_id
left join core.enterprise_month as e
    on m.enterprise_id = e.enterprise_id and e.month = date_trunc('month', s.service_date)::date
