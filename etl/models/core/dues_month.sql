/*
title: 工会经费月表
meaning: >-
  计入的工会经费，一个单位一个所属月份一行；几个月合为一行的计在期间最后一个月，期间内此前的月份（另有按月的行的除外）
  各有一行金额为空的：这些月份各是多少，台账没有写，是不详，不是0
columns:
  dues_id: 标识：单位、类别、所属月份
  payer: 缴费单位
  payer_id: 缴费单位标识
  enterprise_id: 企业标识（对不上的为空）
  community_id: 社区代码
  park_id: 园区代码
  industry: 行业门类（GB/T 4754）
  size_band: 职工人数分段
  ownership: 登记注册类型
  month: 所属月份
  lump_from: 所在合计行的第一个月（按月的行为空，下同）
  lump_to: 所在合计行的最后一个月
  kind: 经费类别
  due_yuan: 应拨（元）
  is_due_approx: 应拨为约数
  paid_yuan: 实拨（元）
  is_paid_approx: 实拨为约数
  is_tax_collected: 税务代收
  paid_date: 拨缴日期
  load_id: 导入批次
  file: 来源文件
  sheet: 来源工作表
  row: 来源行号（Excel 行号，CSV 为物理行号）
unique: [dues_id]
not_null: [dues_id, payer, payer_id, month]
empty_without: [dues]
tests:
  合计行的期间完整: select 1 from core.dues_month where (lump_from is null) <> (lump_to is null)
*/
select dues_id, payer, payer_id, enterprise_id, community_id, park_id, industry, size_band, ownership, month, lump_from,
       case when is_lump then month end as lump_to, kind, due_yuan, is_due_approx, paid_yuan, is_paid_approx,
       is_tax_collected, paid_date, load_id, file, sheet, "row"
from core.dues_payment
where not is_repeated
union all
select d.dues_id || '|' || strftime(m.month, '%Y-%m'), d.payer, d.payer_id, d.enterprise_id, d.community_id, d.park_id,
       d.industry, d.size_band, d.ownership, m.month, d.lump_from, d.month, d.kind, null, false, null, false,
       -- 合计行写了不是税务代收的，期间内都不是
       case when d.is_tax_collected is false then false end, d.paid_date, d.load_id, d.file, d.sheet, d."row"
from core.dues_payment as d
inner join core.month as m on m.month >= d.lump_from and m.month < d.month
left join core.dues_payment as l
    on not l.is_lump and d.payer_id = l.payer_id and d.kind is not distinct from l.kind and m.month = l.month
where d.is_lump and not d.is_repeated and l.dues_id is null
