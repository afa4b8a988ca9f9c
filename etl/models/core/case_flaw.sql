/*
title: 办理流程对不上的地方
meaning: >-
  流程台账里前后颠倒、重复、缺少或与劳资纠纷台账不一致的环节，一处一行；数字和环节都照台账保留，由校验逐条指出。
  哪个环节在哪个之后、哪些须先受理、哪些只应有一次，写在代码表 case_step 里；只写到月、年的日期，确实早于的才算颠倒
columns:
  flaw: 哪一种
  dispute_id: 案件编号（劳资纠纷台账没有这个编号的为空）
  case_no: 案件编号，照流程台账所写
  community_id: 社区代码
  step: 办理环节
  step_date: 环节日期
  detail: 对不上的是什么
  load_id: 导入批次
  file: 来源文件
  sheet: 来源工作表
  row: 来源行号（Excel 行号，CSV 为物理行号）
not_null: [flaw, case_no, step, detail, load_id, file, sheet, row]
empty_without: [case_step, dispute]
*/
with extra as (
    select code as step,
           bool_or(name = 'needs_acceptance' and value = 'true') as needs_acceptance,
           bool_or(name = 'is_once' and value = 'true') as is_once,
           bool_or(name = 'is_ending' and value = 'true') as is_ending,
           bool_or(name = 'may_follow_closing' and value = 'true') as may_follow_closing
    from core.code_extra
    where list = 'case_step'
    group by code
),

told as (
    select s.*, c.title, coalesce(s.dispute_id, regexp_replace(s.case_no, '[^0-9A-Za-z一-龥]', '', 'g')) as case_id,
           -- 只写到月、年的，最晚可能是哪一天
           case s.date_precision
               when 'year' then make_date(year(s.step_date), 12, 31)
               when 'month' then last_day(s.step_date)
               else s.step_date
           end as latest_date,
           coalesce(e.needs_acceptance, false) as needs_acceptance, coalesce(e.is_once, false) as is_once,
           coalesce(e.is_ending, false) as is_ending, coalesce(e.may_follow_closing, false) as may_follow_closing
    from core.case_step as s
    left join extra as e on s.step = e.step
    left join core.code as c on c.list = 'case_step' and s.step = c.code
),

step as (
    select * from told where source = 'step'
),

known as (
    select case_id, min(step_date) filter (where step = 'accepted') as accepted_date,
           min(latest_date) filter (where step = 'closed') as closed_date,
           bool_or(source = 'step' and step in ('accepted', 'declined')) as has_acceptance,
           bool_or(source = 'step' and is_ending) as has_ending,
           count(*) filter (where source = 'step') as steps
    from told
    group by case_id
),

-- “、”隔开的各组都要在前；“|”隔开的，有一个在前即可
required as (
    select code as step, unnest(string_split(value, '、')) as alternatives
    from core.code_extra
    where list = 'case_step' and name = 'after'
),

prior as (
    select step, alternatives, unnest(string_split(alternatives, '|')) as before
    from required
),

disordered as (
    select s.case_id, s.row_of, p.alternatives, min(b.step_date) as prior_date, arg_min(b.title, b.step_date::varchar || b.step) as prior_title
    from (select *, load_id || file || sheet || "row" as row_of from step) as s
    inner join prior as p on s.step = p.step
    inner join told as b on s.case_id = b.case_id and p.before = b.step
    group by s.case_id, s.row_of, s.latest_date, p.alternatives
    having s.latest_date < min(b.step_date)
),

numbered as (
    select *,
           row_number() over (partition by case_id order by step_order) as place,
           row_number() over (partition by case_id, needs_acceptance order by step_order) as later_place,
           row_number() over (partition by case_id, step order by step_order) as time,
           row_number() over (partition by case_id, step, step_date order by step_order) as time_that_day,
           min(step_date) over (partition by case_id, step) as first_date,
           row_number() over (partition by case_id order by step_order desc) as place_from_end
    from step
),

found as (
    select 'unknown_case' as flaw, n.case_id, n.step_order,
           '劳资纠纷台账里没有这个编号（共' || k.steps || '个环节）' as detail
    from numbered as n
    inner join known as k on n.case_id = k.case_id
    where n.dispute_id is null and n.place = 1
    union all
    select 'before_acceptance', s.case_id, s.step_order,
           s.title || '（' || s.step_date || '）早于受理（' || k.accepted_date || '）'
    from step as s
    inner join known as k on s.case_id = k.case_id
    where s.needs_acceptance and s.latest_date < k.accepted_date
    union all
    select 'out_of_order', s.case_id, s.step_order,
           s.title || '（' || s.step_date || '）早于' || d.prior_title || '（' || d.prior_date || '）'
    from step as s
    inner join disordered as d on s.case_id = d.case_id and s.load_id || s.file || s.sheet || s."row" = d.row_of
    union all
    select 'repeated', case_id, step_order,
           title || '已有一次（' || first_date || '），又记' || step_date
    from numbered
    where time_that_day > 1 or (is_once and time > 1)
    union all
    select 'acceptance_missing', n.case_id, n.step_order, '有' || n.title || '而没有受理环节'
    from numbered as n
    inner join known as k on n.case_id = k.case_id
    where n.needs_acceptance and n.later_place = 1 and not k.has_acceptance
    union all
    select 'after_closing', s.case_id, s.step_order,
           s.title || '（' || s.step_date || '）在结案（' || k.closed_date || '）之后'
    from step as s
    inner join known as k on s.case_id = k.case_id
    where s.step_date > k.closed_date and s.step <> 'closed' and not s.may_follow_closing
    union all
    select 'agreed_above_claimed', s.case_id, s.step_order,
           s.title || '金额' || replace(s.amount_yuan::decimal(18, 2)::varchar, '.00', '') || '元，诉求金额'
           || replace(d.amount_claimed_yuan::decimal(18, 2)::varchar, '.00', '') || '元'
    from step as s
    inner join core.dispute as d on s.dispute_id = d.dispute_id
    where s.step in ('agreement', 'settled') and s.amount_yuan > d.amount_claimed_yuan
    union all
    select 'ending_missing', n.case_id, n.step_order,
           '劳资纠纷台账已于' || d.closed_date || '办结，流程台账最后一个环节是' || n.title || '（' || n.step_date || '）'
    from numbered as n
    inner join known as k on n.case_id = k.case_id
    inner join core.dispute as d on n.dispute_id = d.dispute_id
    where d.is_closed and not k.has_ending and n.place_from_end = 1
    union all
    select 'ended_but_open', n.case_id, n.step_order, n.title || '（' || n.step_date || '）而劳资纠纷台账仍为在办'
    from numbered as n
    inner join core.dispute as d on n.dispute_id = d.dispute_id
    where not d.is_closed and n.step in ('closed', 'declined', 'withdrawn') and n.time = 1
    union all
    select 'date_disagrees', n.case_id, n.step_order,
           n.title || '环节' || n.step_date || '，劳资纠纷台账' || case n.step when 'accepted' then d.received_date else d.closed_date end
    from numbered as n
    inner join core.dispute as d on n.dispute_id = d.dispute_id
    where n.time = 1
          and (
              (n.step = 'accepted' and d.received_date not between n.step_date and n.latest_date)
              or (n.step = 'closed' and d.closed_date not between n.step_date and n.latest_date)
          )
    union all
    select 'extension_unsaid', case_id, step_order,
           case when extended_to < step_date then '延长至' || extended_to || '，早于同意延期的日期' else '没有写延长至哪一天或延长几天' end
    from step
    where step = 'extended'
          and (coalesce(extended_to < step_date, false) or (extended_to is null and extension_days is null))
)

select f.flaw, s.dispute_id, s.case_no, s.community_id, s.step, s.step_date, f.detail, s.load_id, s.file, s.sheet, s."row"
from found as f
inner join step as s on f.case_id = s.case_id and f.step_order = s.step_order
