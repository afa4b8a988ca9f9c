/*
title: 未建会企业月表
meaning: 各月在经营而尚未建会（含筹建中）的企业，及名册所写的地址、未建会原因和计划建会时间
columns:
  enterprise_id: 企业标识
  month: 月份
  enterprise: 企业名称
  uscc: 统一社会信用代码
  community_id: 社区代码
  park_id: 园区代码
  industry: 行业门类（GB/T 4754）
  size_band: 职工人数分段
  ownership: 登记注册类型
  union_status: 建会状态
  workers: 职工数（人）
  is_workers_approx: 职工数为约数
  address: 经营地址
  not_formed_reason: 未建会原因
  planned_for: 计划建会时间：写到哪一级就是哪一级（2019-03-15、2019-03、2019）
  as_of: 所依据名册的截至日
  load_id: 导入批次
  file: 来源文件
  sheet: 来源工作表
  row: 来源行号（Excel 行号，CSV 为物理行号）
unique: [enterprise_id, month]
not_null: [enterprise_id, month, load_id, file, sheet, row]
tests:
  未建会的一家不少: >-
    select month from core.enterprise_month where is_operating and has_union = false group by month
    having count(*) <> (select count(*) from core.unformed_month as u where u.month = enterprise_month.month)
*/
with written as (
    -- 增减变动表之后的快照会重复没有变动的行，内容相同
    select load_id, file, sheet, "row", as_of, address, not_formed_reason,
           case plan_date_precision
               when 'day' then strftime(plan_date, '%Y-%m-%d')
               when 'month' then strftime(plan_date, '%Y-%m')
               when 'year' then strftime(plan_date, '%Y')
           end as planned_for
    from ledger.enterprise
    where union_status in ('preparing', 'none')  -- 未建会的只会是这两种，其余不必看
    qualify row_number() over (partition by load_id, file, sheet, "row", as_of order by row_id) = 1
)

select e.enterprise_id, e.month, e.enterprise, e.uscc, e.community_id, e.park_id, e.industry, e.size_band, e.ownership,
       e.union_status, e.workers, e.is_workers_approx, w.address, w.not_formed_reason, w.planned_for, e.as_of,
       e.load_id, e.file, e.sheet, e."row"
from core.enterprise_month as e
inner join written as w
    on e.load_id = w.load_id and e.file = w.file and e.sheet = w.sheet and e."row" = w."row" and e.as_of = w.as_of
where e.is_operating and e.has_union = false
