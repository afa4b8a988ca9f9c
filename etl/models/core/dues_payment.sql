/*
title: 工会经费
meaning: >-
  每个单位每个所属期一行；同一单位同一所属期以最近一期台账为准，再以最后一次导入为准。应拨按工资总额的2%（一项设置）计，
  没有写工资总额的取台账所写应拨。台账没有写所属期、所报期间又不止一个月的，计在期间最后一个月；
  期间内另有按月的行的，不再计入
columns:
  dues_id: 标识：单位、类别、所属月份
  payer: 缴费单位
  enterprise_id: 企业标识（对不上的为空）
  community_id: 社区代码（台账未写的，取对上的企业所在社区）
  park_id: 园区代码
  industry: 行业门类（GB/T 4754）
  size_band: 职工人数分段
  ownership: 登记注册类型
  month: 所属月份
  kind: 经费类别：没有写的按工会经费，写了认不出的为空
  is_lump: 几个月合为一行
  is_repeated: 期间内另有按月的行，不计入
  due_yuan: 应拨（元）
  is_due_approx: 应拨为约数
  told_due_yuan: 台账所写应拨（元，只供核对）
  reckoned_due_yuan: 按工资总额计的应拨（元，没有写工资总额的为空）
  paid_yuan: 实拨（元）
  is_paid_approx: 实拨为约数
  is_tax_collected: 税务代收
  paid_date: 拨缴日期，写到台账所写的年、月或日
  load_id: 导入批次
  file: 来源文件
  sheet: 来源工作表
  row: 来源行号（Excel 行号，CSV 为物理行号）
unique: [dues_id]
not_null: [dues_id, payer, month, is_lump, is_repeated]
empty_without: [dues]
*/
with share as (
    select cast(value as decimal(18, 6)) as dues_share from core.setting where key = 'dues_share'
),

-- 类别写了而认不出的，不是没有写
unread as (
    select distinct load_id, file, sheet, "row" from intake.bad_cell
    where "column" = 'kind'
),

placed as (
    select l.* exclude (kind), m.enterprise_id, coalesce(m.enterprise_id, l.enterprise_name) as payer_id,
           coalesce(l.kind, case when u."row" is null then 'dues' end) as kind,
           -- 写了所属期的按所属期；只写到年的和没有写的，看所报期间是不是一个月
           date_trunc('month', case when l.dues_month_precision in ('day', 'month') then l.dues_month else l.period_to end)::date as month,
           coalesce(l.dues_month_precision not in ('day', 'month'), true)
               and date_trunc('month', l.period_from) <> date_trunc('month', l.period_to) as is_lump
    from ledger.dues as l
    left join core.enterprise_match as m on m.ledger = 'dues' and l.row_id = m.row_id
    left join unread as u on l.load_id = u.load_id and l.file = u.file and l.sheet = u.sheet and l."row" = u."row"
),

newest as (
    select *
    from placed
    qualify row_number() over (
        partition by payer_id, kind, month, is_lump
        order by period_to desc, load_no desc, unit_id = 'street', file, sheet, "row"
    ) = 1
),

monthly as (
    select distinct payer_id, kind, month from newest where not is_lump
),

judged as (
    select n.*,
           n.is_lump and exists (
               select 1 from monthly as m
               where m.payer_id = n.payer_id and m.kind is not distinct from n.kind
                   and m.month between date_trunc('month', n.period_from)::date and n.period_to
           ) as is_repeated,
           round(cast(n.payroll as decimal(18, 4)) * s.dues_share, 2)::double as reckoned
    from newest as n
    cross join share as s
)

select j.payer_id || '|' || coalesce(j.kind, '不详') || '|' || strftime(j.month, '%Y-%m')
           || case when j.is_lump then '|合' else '' end as dues_id,
       j.enterprise_name as payer, j.enterprise_id, coalesce(j.community_id, e.community_id) as community_id,
       coalesce(j.park_id, e.park_id) as park_id, e.industry, e.size_band, e.ownership,
       j.month, j.kind, j.is_lump, j.is_repeated,
       coalesce(j.reckoned, j.due) as due_yuan,
       coalesce(case when j.payroll is not null then j.payroll_qualifier else j.due_qualifier end = 'approx', false) as is_due_approx,
       j.due as told_due_yuan, j.reckoned as reckoned_due_yuan, j.paid as paid_yuan,
       coalesce(j.paid is not null and j.paid_qualifier = 'approx', false) as is_paid_approx,
       j.is_tax_collected,
       case j.paid_date_precision when 'year' then strftime(j.paid_date, '%Y年') when 'month' then strftime(j.paid_date, '%Y-%m')
           else strftime(j.paid_date, '%Y-%m-%d') end as paid_date,
       j.load_id, j.file, j.sheet, j."row"
from judged as j
left join core.enterprise_month as e on j.enterprise_id = e.enterprise_id and e.month = j.month
