/*
title: 集体合同月表
meaning: >-
  每个月末在册的每份集体合同，一份合同（区域性合同逐家列名的，一家企业）的一个类别一行；有效：月末在合同期限内，状态不是到期或终止；还没有到起始日期的、起始晚于终止的，不算有效
columns:
  contract_id: 合同标识：合同编号，没有的取台账行的键
  row_key: 台账行的键
  month: 月份
  kind: 合同类别（一份兼有几类的，各类各一行）
  kinds: 台账所写的合同类别（兼有几类的合在一起）
  scope: 签订层级
  covers: 覆盖范围
  enterprise_id: 企业标识（没有写企业、或对不上的为空）
  party: 签订单位（企业名称，没有的取工会名称）
  is_listed: 写了企业名称或代码
  is_street_wide: 全街道的：区域性合同，没有列企业，社区、园区都没有写，签订工会也不是社区、园区的
  community_id: 社区代码（台账未写的，取对上的企业所在社区）
  park_id: 园区代码
  signed_date: 签订日期，写到台账所写的年、月或日（下同）
  term_start: 起始日期
  term_end: 终止日期
  is_valid: 月末有效；没有写终止日期、或只写到年份而说不准的为空
  covered_units: 台账所写覆盖企业数（只供核对）
  as_of: 数据截至
  load_id: 导入批次
  file: 来源文件
  sheet: 来源工作表
  row: 来源行号（Excel 行号，CSV 为物理行号）
unique: [row_key, kind, month, load_id, file, sheet, row]
not_null: [contract_id, row_key, month, kind, is_listed, is_street_wide]
empty_without: [contract]
*/
with misread as (
    -- 社区、园区写了而认不出的，不是没有写；起始晚于终止的，终止日期已置空
    select load_id, file, sheet, "row", bool_or("column" in ('community', 'park')) as is_place,
           bool_or("column" = 'term_end' and code = 'date_order') as is_reversed
    from intake.bad_cell
    where "column" in ('community', 'park', 'term_end')
    group by load_id, file, sheet, "row"
),

held as (
    select l.*, r.month, last_day(r.month) as month_end
    from core.report as r
    inner join ledger.contract as l
        on r.snapshot_id = l.snapshot_id and r.unit_id = l.unit_id and r.as_of = l.as_of
        and (r.unit_id <> 'street' or l.community_id = r.community_id or l.community_id is null)
    where r.ledger = 'contract'
    -- 没有写社区的行，每个社区的报送都带着它：只留一行
    qualify row_number() over (partition by l.row_id, r.month order by r.community_id) = 1
),

judged as (
    -- 一份合同兼有几类的，各类各一行
    select h.*, unnest(string_split(h.kind, '+')) as one_kind, coalesce(w.is_place, false) as is_misplaced,
           case
               when w.is_reversed then false
               when status in ('expired', 'ended') then false
               when signed_date > month_end or term_start > month_end then false
               when term_end_precision = 'day' then term_end >= month_end
               when term_end_precision = 'month' then last_day(term_end) >= month_end
               -- 只写到年的：当年以前、以后才说得准
               when year(term_end) > year(month_end) then true
               when year(term_end) < year(month_end) then false
           end as is_valid
    from held as h
    left join misread as w on h.load_id = w.load_id and h.file = w.file and h.sheet = w.sheet and h."row" = w."row"
)

select coalesce(j.contract_no, j.row_key) as contract_id, j.row_key, j.month, j.one_kind as kind, j.kind as kinds, j.scope, j.covers,
       m.enterprise_id, coalesce(j.enterprise_name, j.union_name) as party,
       j.enterprise_name is not null or j.enterprise_uscc is not null as is_listed,
       j.enterprise_name is null and j.enterprise_uscc is null and coalesce(j.scope = 'regional', false)
           and j.community_id is null and j.park_id is null and not j.is_misplaced
           and not coalesce(regexp_matches(j.union_name, '社区|园区|工业园|科技园|产业园|创意园|股份'), false) as is_street_wide,
       coalesce(j.community_id, e.community_id) as community_id, coalesce(j.park_id, e.park_id) as park_id,
       case j.signed_date_precision when 'year' then strftime(j.signed_date, '%Y年') when 'month' then strftime(j.signed_date, '%Y-%m')
           else strftime(j.signed_date, '%Y-%m-%d') end as signed_date,
       case j.term_start_precision when 'year' then strftime(j.term_start, '%Y年') when 'month' then strftime(j.term_start, '%Y-%m')
           else strftime(j.term_start, '%Y-%m-%d') end as term_start,
       case j.term_end_precision when 'year' then strftime(j.term_end, '%Y年') when 'month' then strftime(j.term_end, '%Y-%m')
           else strftime(j.term_end, '%Y-%m-%d') end as term_end,
       j.is_valid, j.covered_units, j.as_of, j.load_id, j.file, j.sheet, j."row"
from judged as j
left join core.enterprise_match as m on m.ledger = 'contract' and j.row_id = m.row_id
left join core.enterprise_month as e on m.enterprise_id = e.enterprise_id and j.month = e.month
where j.one_kind is not null
