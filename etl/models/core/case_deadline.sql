/*
title: 办理期限
meaning: >-
  每宗纠纷每项期限每一轮一行：从哪个环节起算、哪天到期（已计入经同意的延期）、哪天办到。期限办法写在代码表deadlines里；
  起算的当天不计入；一项期限办到之后又有起算的环节，另起一轮；到期之后才同意的延期不计
columns:
  dispute_id: 案件编号
  community_id: 社区代码
  rule: 期限代号（D01—D30）
  title: 期限内要办的事
  words: 期限的说法，如“受理后15日”
  starts: 起算的环节
  ends: 办到的环节（几个中的任何一个）
  started_on: 起算日期
  due_on: 到期日期（已计延期；起算日期只写到月的为空）
  due_days: 各时的到期日期：自 known_on 起为 due_on、已延期 extended_by，同意延期以前的还没有延期（看过去的某一天用）
  extended_by: 延期多少（与期限同单位，没有延期为0）
  met_on: 办到的日期（未办到为空）
  met_by: 办到的环节
  stopped_on: 期限不再走的日期：已办到，或者应办事项所在的纠纷已了结
  nature: 性质：duty 应办、right 可办、limit 时效或对方期限、keep 保存
  actor: 由谁办
  is_own: 由本街道的组织办
  is_owed: 本街道应办：由本街道的组织办，且是应办的事
  is_provisional: 推算所涉年份的放假安排尚未公布，暂按周末推算
  law: 依据
  mark: 依据已核对V、暂定I
  source: 起算日期来自流程台账 step、劳资纠纷台账 dispute
  load_id: 起算环节的导入批次
  file: 起算环节的来源文件
  sheet: 起算环节的来源工作表
  row: 起算环节的来源行号
unique: [dispute_id, rule, started_on]
not_null: [dispute_id, rule, title, words, starts, started_on, is_own, is_owed, is_provisional, source, load_id, file, sheet, row]
tests:
  办到不早于起算: >-
    select 1 from core.case_deadline as c
    inner join core.deadline_rule as r on c.rule = r.rule
    where r.length > 0 and c.met_on < c.started_on
  延期只会推后: select 1 from core.case_deadline where extended_by < 0
empty_without: [case_step, dispute]
*/
with step as (
    select dispute_id, community_id, step, step_date, step_order, date_precision, extended_to, extension_days, source,
           load_id, file, sheet, "row",
           -- 只写到月（年）的，最迟在月末（年末）
           case date_precision
               when 'day' then step_date
               when 'month' then last_day(step_date)
               else (date_trunc('year', step_date) + interval 1 year - interval 1 day)::date
           end as done_on
    from core.case_step
    where dispute_id is not null
),

-- 有时长、有起算环节的期限，一个起算环节一行
begin as (
    select rule_no, rule, applies, replaces, valid_from, valid_to, length, unit, extension, is_agreed, rolls, nature,
           met_earlier, unnest(starts) as start_step
    from core.deadline_rule
    where length is not null and applies <> 'none'
),

-- 一宗纠纷适用哪些期限：按案由，或者走到了哪个环节
started as (
    select s.dispute_id, s.step_order, s.step_date as started_on, s.date_precision, b.*
    from step as s
    inner join begin as b on s.step = b.start_step
    inner join core.dispute as d on s.dispute_id = d.dispute_id
    left join (select distinct dispute_id, step from step) as g
        on s.dispute_id = g.dispute_id and b.applies = 'step:' || g.step
    where (b.valid_from is null or s.step_date >= b.valid_from) and (b.valid_to is null or s.step_date <= b.valid_to)
          and (
              b.applies = 'all' or g.step is not null
              or (starts_with(b.applies, 'cause:') and coalesce(list_contains(d.causes, substr(b.applies, 7)), false))
          )
    -- 同一期限有几个有效版本的，以最新的为准
    qualify row_number() over (
        partition by s.dispute_id, b.rule, s.step_order order by b.valid_from desc nulls last, b.rule_no desc
    ) = 1
),

current as (
    select s.*
    from started as s
    left join started as o
        on s.dispute_id = o.dispute_id and s.step_order = o.step_order and s.rule = o.replaces
    where o.rule is null
),

finish as (
    select rule_no, unnest(ends) as end_step from core.deadline_rule
),

-- 办到：起算当天或之后最早的一个（开庭前的通知：之前最晚的一个）；先记了后一环节的，视为起算当天已办到
ended as (
    select c.dispute_id, c.rule, c.step_order,
           arg_min(e.done_on, e.step_order) filter (where c.length > 0 and e.done_on >= c.started_on) as after_on,
           arg_min(e.step, e.step_order) filter (where c.length > 0 and e.done_on >= c.started_on) as after_by,
           arg_max(e.step_date, e.step_order) filter (where c.length < 0 and e.step_date <= c.started_on) as before_on,
           arg_max(e.step, e.step_order) filter (where c.length < 0 and e.step_date <= c.started_on) as before_by,
           arg_max(e.step, e.step_order) filter (where c.met_earlier and e.done_on < c.started_on) as earlier_by
    from current as c
    inner join finish as f on c.rule_no = f.rule_no
    inner join step as e on c.dispute_id = e.dispute_id and f.end_step = e.step
    group by c.dispute_id, c.rule, c.step_order
),

-- 还没有办到又起算的，仍是同一轮，从第一次起算
rounds as (
    select c.*,
           coalesce(e.after_on, e.before_on) as met_on,
           coalesce(e.after_by, e.before_by) as met_by,
           e.earlier_by,
           row_number() over (partition by c.dispute_id, c.rule order by c.step_order) as start_no
    from current as c
    left join ended as e on c.dispute_id = e.dispute_id and c.rule = e.rule and c.step_order = e.step_order
),

clock as (
    select * exclude (met_on, met_by, earlier_by, start_no),
           coalesce(met_on, case when start_no = 1 and earlier_by is not null then started_on end) as met_on,
           coalesce(met_by, case when start_no = 1 then earlier_by end) as met_by
    from rounds
    qualify row_number() over (
        partition by dispute_id, rule, met_on, case when length < 0 then started_on end order by step_order
    ) = 1
),

-- 以序号计算：工作日按工作日的序号，其余按日历日的序号
counted as (
    select c.*,
           case
               when c.date_precision <> 'day' then null
               when c.unit = 'working_day' and c.length > 0 then w.working_no + c.length
               -- 开庭N个工作日前：从开庭前一天往回数第N个工作日
               when c.unit = 'working_day' then w.working_no - w.is_working::integer + 1 + c.length
               when c.unit = 'day' then date_diff('day', date '1970-01-01', c.started_on) + c.length
               when c.unit = 'month'
                   then date_diff('day', date '1970-01-01', (c.started_on + to_months(c.length))::date)
               else date_diff('day', date '1970-01-01', (c.started_on + to_years(c.length))::date)
           end as base_no,
           case
               when c.extension is null then null
               when c.unit = 'working_day' then w.working_no + c.length + c.extension
               when c.unit = 'day' then date_diff('day', date '1970-01-01', c.started_on) + c.length + c.extension
               when c.unit = 'month'
                   then date_diff('day', date '1970-01-01', (c.started_on + to_months(c.length + c.extension))::date)
               else date_diff('day', date '1970-01-01', (c.started_on + to_years(c.length + c.extension))::date)
           end as cap_no,
           coalesce(w.is_known, false) as is_start_known
    from clock as c
    left join core.calendar_day as w on c.started_on = w.date
),

-- 同意延期：写明延至哪天的以该日为准，写明天数的接着算；每次都要在当时的到期日之前（含当日）同意
extending as (
    select c.dispute_id, c.rule, c.step_order, c.base_no, c.cap_no, x.step_order as extension_order,
           case when c.unit = 'working_day' then a.working_no else date_diff('day', date '1970-01-01', x.step_date) end
               as agreed_no,
           case
               when c.unit = 'working_day' then t.working_no
               else date_diff('day', date '1970-01-01', x.extended_to)
           end as to_no,
           case when x.extended_to is null then x.extension_days else 0 end as days
    from counted as c
    inner join step as x
        on c.dispute_id = x.dispute_id and x.step = 'extended' and x.step_date >= c.started_on
        and (c.met_on is null or x.step_date <= c.met_on)
        and coalesce(x.extended_to::varchar, x.extension_days::varchar) is not null
    left join core.calendar_day as a on x.step_date = a.date
    left join core.calendar_day as t on x.extended_to = t.date
    where c.base_no is not null and (c.is_agreed or c.extension is not null)
),

anchored as (
    select *,
           count(to_no) over (partition by dispute_id, rule, step_order order by extension_order) as anchor
    from extending
),

running as (
    select *,
           least(
               greatest(
                   base_no,
                   coalesce(max(to_no) over (partition by dispute_id, rule, step_order, anchor), base_no)
                   + sum(days) over (partition by dispute_id, rule, step_order, anchor order by extension_order)
               ),
               cap_no
           ) as run_no
    from anchored
),

timely as (
    select *,
           agreed_no <= coalesce(
               lag(run_no) over (partition by dispute_id, rule, step_order order by extension_order), base_no
           ) as is_timely
    from running
),

extended as (
    select dispute_id, rule, step_order, extension_order,
           max(run_no) over (partition by dispute_id, rule, step_order order by extension_order) as run_no
    from (
        select *,
               bool_and(is_timely) over (
                   partition by dispute_id, rule, step_order order by extension_order rows unbounded preceding
               ) as all_timely
        from timely
    ) as t
    where all_timely
),

-- 每同意一次延期，到期日变一次；没有延期的只有一行
ending as (
    select *, base_no as due_no, 0 as version, started_on as known_on
    from counted
    union all
    select c.*, x.run_no, x.extension_order, greatest(s.step_date, c.started_on)
    from counted as c
    inner join extended as x on c.dispute_id = x.dispute_id and c.rule = x.rule and c.step_order = x.step_order
    inner join step as s on x.dispute_id = s.dispute_id and x.extension_order = s.step_order
),

dated as (
    select e.*, case when e.unit = 'working_day' then w.date else (date '1970-01-01' + e.due_no::integer) end as last_on
    from ending as e
    left join core.calendar_day as w on e.unit = 'working_day' and w.is_working and e.due_no = w.working_no
),

rolled as (
    select d.*,
           case when d.rolls and not l.is_working then n.date else d.last_on end as due_on,
           case
               when d.unit = 'working_day' then not (d.is_start_known and coalesce(l.is_known, false))
               when d.rolls then not (coalesce(l.is_known, false) and coalesce(n.is_known, true))
               else false
           end and d.last_on is not null as is_provisional
    from dated as d
    left join core.calendar_day as l on d.last_on = l.date
    left join core.calendar_day as n on d.rolls and not l.is_working and n.is_working and n.working_no = l.working_no + 1
),

latest as (
    select *,
           list({
               'known_on': known_on, 'due_on': due_on, 'extended_by': (due_no - base_no)::integer, 'is_provisional': is_provisional
           }) over (
               partition by dispute_id, rule, step_order order by version
               rows between unbounded preceding and unbounded following
           ) as due_days
    from rolled
    qualify version = max(version) over (partition by dispute_id, rule, step_order)
)

select r.dispute_id, s.community_id, r.rule, l.title, l.words, r.start_step as starts, l.ends, r.started_on, r.due_on,
       r.due_days,
       case when r.base_no is not null then r.due_no - r.base_no end::integer as extended_by,
       r.met_on, r.met_by,
       case when r.nature = 'duty' then least(r.met_on, f.ended_date) else r.met_on end as stopped_on,
       r.nature, l.actor, l.is_own,
       l.is_own and r.nature = 'duty' as is_owed,
       r.is_provisional, l.law, l.mark, s.source, s.load_id, s.file, s.sheet, s."row"
from latest as r
inner join core.deadline_rule as l on r.rule_no = l.rule_no
inner join step as s on r.dispute_id = s.dispute_id and r.step_order = s.step_order
left join core.case_fact as f on r.dispute_id = f.dispute_id
