/*
title: 纠纷办理各段
meaning: >-
  每宗纠纷的各段起止：报告到受理、受理到达成协议、达成协议到履行完毕、受理到结案。日期颠倒的、没写到日的不列。
  未走完的，止日为空；以别的方式了结的，另记了结日期（只知道到那天为止还没有走完）；流程台账里没有环节的纠纷，只有报告到受理、受理到结案两段
columns:
  dispute_id: 案件编号
  community_id: 社区代码
  stage: 段
  started_on: 起日
  ended_on: 止日（未走完为空）
  left_on: 未走完而已了结的，了结日期
  started_month: 起月
  ended_month: 止月（未走完为空）
unique: [dispute_id, stage]
not_null: [dispute_id, stage, started_on, started_month]
tests:
  止日不早于起日: select 1 from core.case_stage where ended_on < started_on or left_on < started_on
empty_without: [case_step, dispute]
*/
with told as (
    select dispute_id,
           min(case when step in ('agreement', 'settled') then step_date end) as agreed_date,
           arg_min(date_precision, step_date::varchar || date_precision)
               filter (where step in ('agreement', 'settled')) = 'day' as is_agreed_day,
           max(case when step = 'performed' then step_date end) as performed_date,
           arg_max(date_precision, step_date::varchar || date_precision)
               filter (where step = 'performed') = 'day' as is_performed_day
    from core.case_step
    where source = 'step' and dispute_id is not null
    group by dispute_id
),

fact as (
    select f.*,
           -- 和解了还没有结案的，履行仍在继续
           case when d.is_closed or f.ending <> 'settled' then f.ended_date end as over_date,
           case when f.is_accepted_day then f.accepted_date end as accepted_day,
           -- 两个来源，取早的一个
           case when warned_date < reported_date or reported_date is null then warned_date else reported_date end
               as told_date,
           case when warned_date < reported_date or reported_date is null then is_warned_day else is_reported_day end
               as is_told_day
    from core.case_fact as f
    inner join core.dispute as d on f.dispute_id = d.dispute_id
),

stage as (
    select dispute_id, community_id, 'report_to_accept' as stage, case when is_told_day then told_date end as started_on,
           accepted_date as ended_on, null::date as left_on, is_accepted_day as is_end_day
    from fact
    union all
    select f.dispute_id, f.community_id, 'accept_to_agreement', f.accepted_day, t.agreed_date,
           case when t.agreed_date is null then f.ended_date end,
           case when t.agreed_date is null then f.is_ended_day else t.is_agreed_day end
    from fact as f
    inner join told as t on f.dispute_id = t.dispute_id
    -- 结果说达成了协议而没有记协议环节的，不知道是哪一天
    where t.agreed_date is not null or not coalesce(f.ending in ('mediated', 'settled'), false)
    union all
    select f.dispute_id, f.community_id, 'agreement_to_performance', case when t.is_agreed_day then t.agreed_date end,
           t.performed_date,
           -- greatest 遇空取另一个，在办的不能因此算作当天了结
           case when t.performed_date is null and f.over_date is not null then greatest(f.over_date, t.agreed_date) end,
           case when t.performed_date is null then f.is_ended_day else t.is_performed_day end
    from fact as f
    inner join told as t on f.dispute_id = t.dispute_id
    union all
    select dispute_id, community_id, 'accept_to_close', accepted_day, ended_date, null, is_ended_day
    from fact
)

select dispute_id, community_id, stage, started_on, ended_on, left_on,
       date_trunc('month', started_on)::date as started_month, date_trunc('month', ended_on)::date as ended_month
from stage
where started_on is not null and coalesce(is_end_day, true) and coalesce(ended_on, left_on, started_on) >= started_on
