/*
title: 纠纷办理情况
meaning: >-
  每宗纠纷一行：预警、报告、受理、首次调解、了结的日期，是否调处、是否调解结案，隐患线索是否在先，各段天数。
  受理和办结日期以劳资纠纷台账为准；纠纷台账未办结而流程台账已了结的，用流程台账的了结日期，了结写在受理之前的不作数
columns:
  dispute_id: 案件编号
  community_id: 社区代码
  warned_date: 流程台账里最早的线索登记、预警或报告的日期
  reported_date: 相连的隐患线索里最早的报告日期
  accepted_date: 受理日期
  mediated_date: 首次调解日期
  ended_date: 了结日期（未了结为空）
  ended_month: 了结月份（未了结为空）
  ending: 怎样了结：办理结果，纠纷台账未办结的为流程台账的了结环节
  is_accepted_day: 受理日期写到日
  is_ended_day: 了结日期写到日（未了结为空）
  is_warned_day: 预警日期写到日（没有预警为空）
  is_reported_day: 隐患线索的报告日期写到日（没有线索为空）
  is_handled: 经过调处：有协商、调解、协议或和解的环节，或办理结果为调解成功、和解、调解不成功
  is_mediation_closed: 调解结案：已办结，结果为调解成功、和解或调解不成功
  is_success: 调解成功；“和解”是否计入是一项设置
  is_preceded: 受理之前有相连的隐患线索
  first_report_id: 相连的隐患线索里最早的一条
  lead_days: 最早的隐患线索早于受理多少天
  days_report_to_closing: 从最早的隐患线索到办结的天数（有日期没写到日的为空，下同）
  days_warning_to_closing: 从最早的线索登记、预警或报告环节到办结的天数
  days_to_close: 从受理到办结的天数
unique: [dispute_id]
not_null: [dispute_id, accepted_date, is_accepted_day, is_handled, is_mediation_closed, is_success, is_preceded]
tests:
  一宗不少: select 1 where (select count(*) from core.case_fact) <> (select count(*) from core.dispute)
  调解成功的都经过调处: select 1 from core.case_fact where is_success and not (is_handled and is_mediation_closed)
  天数不为负: >-
    select 1 from core.case_fact
    where least(lead_days, days_report_to_closing, days_warning_to_closing, days_to_close) < 0
empty_without: [case_step, dispute]
*/
with extra as (
    select code as step,
           bool_or(name = 'is_handling' and value = 'true') as is_handling,
           bool_or(name = 'is_ending' and value = 'true') as is_ending
    from core.code_extra
    where list = 'case_step'
    group by code
),

-- 了结写在受理之前的（多为日期写错），不能算已了结；只写到月、年的，那个月、年里有受理日期的仍算
ending as (
    select s.dispute_id, s.step_order,
           case s.date_precision
               when 'day' then s.step_date
               when 'month' then last_day(s.step_date)
               else (date_trunc('year', s.step_date) + interval 1 year - interval 1 day)::date
           end >= d.received_date as is_ending
    from core.case_step as s
    inner join extra as e on s.step = e.step and e.is_ending
    inner join core.dispute as d on s.dispute_id = d.dispute_id
),

stepped as (
    select s.dispute_id,
           min(case when s.step in ('clue', 'warned', 'reported') then s.step_date end) as warned_date,
           -- 同一天的，写到日的（day）先于只写到月、年的
           arg_min(s.date_precision, s.step_date::varchar || s.date_precision)
               filter (where s.step in ('clue', 'warned', 'reported')) = 'day'
               as is_warned_day,
           min(case when s.step = 'mediated' then s.step_date end) as mediated_date,
           -- 有结案归档的，以归档为了结；没有的，以最后一个了结环节为了结
           coalesce(
               max(case when s.step = 'closed' and g.is_ending then s.step_date end),
               max(case when g.is_ending then s.step_date end)
           ) as ended_date,
           coalesce(
               max(case when s.step = 'closed' and g.is_ending then 'closed' end),
               arg_max(s.step, s.step_order) filter (where g.is_ending)
           ) as ending,
           coalesce(
               arg_max(s.date_precision, s.step_order) filter (where s.step = 'closed' and g.is_ending),
               arg_max(s.date_precision, s.step_order) filter (where g.is_ending)
           ) = 'day' as is_ended_day,
           bool_or(coalesce(e.is_handling, false)) as is_handled
    from core.case_step as s
    left join extra as e on s.step = e.step
    left join ending as g on s.dispute_id = g.dispute_id and s.step_order = g.step_order
    where s.dispute_id is not null
    group by s.dispute_id
),

report as (
    select p.dispute_id, p.is_preceded, p.first_report_id, p.lead_days, h.reported_date,
           l.reported_date_precision = 'day' as is_reported_day
    from core.dispute_lead as p
    left join core.hazard as h on p.first_report_id = h.report_id
    left join ledger.hazard as l
        on h.load_id = l.load_id and h.file = l.file and h.sheet = l.sheet and h."row" = l."row"
),

dispute as (
    select d.*, l.received_date_precision = 'day' as is_accepted_day, l.closed_date_precision = 'day' as is_closed_day,
           d.is_closed and coalesce(d.outcome in ('mediated', 'settled', 'failed'), false) as is_mediation_closed
    from core.dispute as d
    inner join ledger.dispute as l
        on d.load_id = l.load_id and d.file = l.file and d.sheet = l.sheet and d."row" = l."row"
),

dated as (
    select d.dispute_id, d.community_id, s.warned_date, r.reported_date, d.received_date as accepted_date, s.mediated_date,
           case when d.is_closed then d.closed_date else s.ended_date end as ended_date,
           case when d.is_closed then d.outcome else s.ending end as ending,
           d.is_accepted_day, case when d.is_closed then d.is_closed_day else s.is_ended_day end as is_ended_day,
           s.is_warned_day, r.is_reported_day,
           s.is_handled or d.is_mediation_closed as is_handled, d.is_mediation_closed, d.is_mediated as is_success,
           r.is_preceded, r.first_report_id, r.lead_days,
           -- 没写到日的算不出天数
           case when d.is_closed_day then d.closed_date end as closed_day
    from dispute as d
    inner join stepped as s on d.dispute_id = s.dispute_id
    inner join report as r on d.dispute_id = r.dispute_id
)

select dispute_id, community_id, warned_date, reported_date, accepted_date, mediated_date, ended_date,
       date_trunc('month', ended_date)::date as ended_month, ending,
       is_accepted_day, is_ended_day, is_warned_day, is_reported_day,
       is_handled, is_mediation_closed, is_success, is_preceded, first_report_id, lead_days,
       -- 日期前后颠倒的也算不出，由校验指出
       case when is_reported_day and reported_date <= closed_day then closed_day - reported_date end
           as days_report_to_closing,
       case when is_warned_day and warned_date <= closed_day then closed_day - warned_date end as days_warning_to_closing,
       case when is_accepted_day and accepted_date <= closed_day then closed_day - accepted_date end as days_to_close
from dated
