/*
title: 纠纷办理环节
meaning: >-
  办理流程台账的每一个环节一行，对不上劳资纠纷台账的编号也照留；同一环节重复报送的，以最近一期台账为准。
  流程台账没有“受理”或没有了结环节的，用劳资纠纷台账的受理日期、办结日期补上，并注明来自哪份台账
columns:
  dispute_id: 案件编号（劳资纠纷台账没有这个编号的为空）
  case_no: 案件编号，照流程台账所写
  community_id: 社区代码，先看纠纷，再看流程台账
  step: 办理环节
  step_date: 环节日期
  date_precision: 环节日期写到日、月还是年
  extended_to: 延长至
  extension_days: 延长天数
  amount_yuan: 环节金额（元）
  organisation: 承办单位
  document_no: 文书编号
  step_order: 本宗第几个环节，按日期再按环节的先后
  source: 来自流程台账 step，或由劳资纠纷台账补上 dispute
  load_id: 导入批次
  file: 来源文件
  sheet: 来源工作表
  row: 来源行号（Excel 行号，CSV 为物理行号）
not_null: [case_no, step, step_date, step_order, source, load_id, file, sheet, row]
tests:
  一个环节不少: >-
    select 1 where (select count(*) from core.case_step where source = 'step')
    <> (select count(distinct row_key) from ledger.case_step)
empty_without: [case_step, dispute]
*/
with newest as (
    select *, regexp_replace(case_no, '[^0-9A-Za-z一-龥]', '', 'g') as case_key
    from ledger.case_step
    qualify row_number() over (
        partition by row_key order by period_to desc, load_no desc, unit_id = 'street', file, sheet, "row"
    ) = 1
),

-- 编号完全一样的先对上，其余按对照码
matched as (
    select n.*, coalesce(e.dispute_id, k.dispute_id) as dispute_id
    from newest as n
    left join core.dispute as e on n.case_no = e.dispute_id
    left join core.case_key as k on n.case_key = k.case_key
),

told as (
    select n.dispute_id, n.case_no, coalesce(n.dispute_id, n.case_key) as case_id,
           coalesce(d.community_id, n.community_id) as community_id,
           n.step, n.step_date, n.step_date_precision as date_precision, n.extended_to, n.extension_days,
           n.amount as amount_yuan, n.organisation, n.document_no, 'step' as source,
           n.load_id, n.file, n.sheet, n."row"
    from matched as n
    left join core.dispute as d on n.dispute_id = d.dispute_id
),

ending as (
    select code as step from core.code_extra where list = 'case_step' and name = 'is_ending' and value = 'true'
),

-- 受理、办结日期只写到月的，补上的环节也只到月
dated as (
    select d.*, l.received_date_precision, l.closed_date_precision
    from core.dispute as d
    inner join ledger.dispute as l
        on d.load_id = l.load_id and d.file = l.file and d.sheet = l.sheet and d."row" = l."row"
),

added as (
    select dispute_id, community_id, 'accepted' as step, received_date as step_date,
           received_date_precision as date_precision, load_id, file, sheet, "row"
    from dated
    where dispute_id not in (select dispute_id from told where step = 'accepted' and dispute_id is not null)
    union all
    select dispute_id, community_id, 'closed', closed_date, closed_date_precision, load_id, file, sheet, "row"
    from dated
    where is_closed
          and dispute_id not in (
              select t.dispute_id
              from told as t
              inner join ending as e on t.step = e.step
              where t.dispute_id is not null
          )
),

every as (
    select * from told
    union all
    select dispute_id, dispute_id as case_no, dispute_id as case_id, community_id, step, step_date,
           date_precision, null as extended_to, null as extension_days, null as amount_yuan,
           null as organisation, null as document_no, 'dispute' as source, load_id, file, sheet, "row"
    from added
)

select e.dispute_id, e.case_no, e.community_id, e.step, e.step_date, e.date_precision, e.extended_to,
       e.extension_days, e.amount_yuan, e.organisation, e.document_no,
       row_number() over (
           partition by e.case_id order by e.step_date, c.code_order, e.file, e.sheet, e."row"
       )::integer as step_order,
       e.source, e.load_id, e.file, e.sheet, e."row"
from every as e
left join core.code as c on c.list = 'case_step' and e.step = c.code
