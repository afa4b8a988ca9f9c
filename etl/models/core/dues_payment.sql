/*
title: 工会经费
meaning: >-
  每个单位每个所属期一行；同一单位同一所属期以最近一期台账为准，再以最后一次导入为准。应拨按工资总额的2%（一项设置）计，
  没有写工资总额的取台账所写应拨。台账没有写所属期、所报期间又不止一个月的，计在期间最后一个月；
  期间内另有按月的行的，从合计行里减去，只计余下的；每个月都有按月的行、或减后没有余下的，不再计入
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
  payer_id: 缴费单位标识：企业标识，对不上的取单位名称
  is_lump: 几个月合为一行
  lump_from: 合计行的第一个月（按月的行为空）
  listed_months: 合计行的期间内，另有几个月有按月的行
  is_repeated: 期间内按月的行已经是合计行的全部，不计入
  due_yuan: 应拨（元），合计行已减去期间内按月的行（实拨同）
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
not_null: [dues_id, payer, payer_id, month, is_lump, listed_months, is_repeated]
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

reckoned as (
    select n.*, case when n.is_lump then date_trunc('month', n.period_from)::date end as lump_from,
           round(cast(n.payroll as decimal(18, 4)) * s.dues_share, 2)::double as reckoned,
           coalesce(round(cast(n.payroll as decimal(18, 4)) * s.dues_share, 2)::double, n.due) as due_told
    from newest as n
    cross join share as s
),

-- 合计行的期间内，这个单位按月的行合计多少
listed as (
    select n.payer_id, n.kind, n.month, count(*) as months, coalesce(sum(m.due_told), 0) as due, coalesce(sum(m.paid), 0) as paid
    from reckoned as n
    inner join reckoned as m
        on n.payer_id = m.payer_id and n.kind is not distinct from m.kind
        and not m.is_lump and m.month between n.lump_from and n.month
    where n.is_lump
    group by n.payer_id, n.kind, n.month
),

judged as (
    select n.*, coalesce(l.months, 0) as listed_months,
           -- 不详的仍是不详（greatest 会略过空值）
           case when n.due_told is not null then greatest(n.due_told - coalesce(l.due, 0), 0) end as due_left,
           case when n.paid is not null then greatest(n.paid - coalesce(l.paid, 0), 0) end as paid_left,
           -- 应拨、实拨都不详的，看是不是每个月都有按月的行
           coalesce(
               l.months > date_diff('month', n.lump_from, n.month)
               or coalesce(n.due_told, n.paid) <= case when n.due_told is not null then l.due else l.paid end,
               false
           ) as is_repeated
    from reckoned as n
    left join listed as l
        on n.is_lump and n.payer_id = l.payer_id and n.kind is not distinct from l.kind and n.month = l.month
)

select j.payer_id || '|' || coalesce(j.kind, '不详') || '|' || strftime(j.month, '%Y-%m')
           || case when j.is_lump then '|合' else '' end as dues_id,
       j.enterprise_name as payer, j.enterprise_id, coalesce(j.community_id, e.community_id) as community_id,
       coalesce(j.park_id, e.park_id) as park_id, e.industry, e.size_band, e.ownership,
       j.month, j.kind, j.payer_id, j.is_lump, j.lump_from, j.listed_months, j.is_repeated,
       round(j.due_left, 2) as due_yuan,
       coalesce(case when j.payroll is not null then j.payroll_qualifier else j.due_qualifier end = 'approx', false) as is_due_approx,
       j.due as told_due_yuan, j.reckoned as reckoned_due_yuan, round(j.paid_left, 2) as paid_yuan,
       coalesce(j.paid is not null and j.paid_qualifier = 'approx', false) as is_paid_approx,
       j.is_tax_collected,
       case j.paid_date_precision when 'year' then strftime(j.paid_date, '%Y年') when 'month' then strftime(j.paid_date, '%Y-%m')
           else strftime(j.paid_date, '%Y-%m-%d') end as paid_date,
       j.load_id, j.file, j.sheet, j."row"
from judged as j
left join core.enterprise_month as e on j.enterprise_id = e.enterprise_id and e.month = j.month
