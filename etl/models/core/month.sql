/*
title: 月份
meaning: >-
  从最早的台账日期到最晚日期后一年的每个月；结转的登记类台账在最后一期之后仍要作答。按期报送的台账再往前推到上年10月：
  首份名册里的建会日期早于其截至日，当年累计和工会统计年度也要从头算起
columns:
  month: 当月第一天
  month_end: 当月最后一天
unique: [month]
*/
with starts as (
    select coalesce(as_of, period_from) as day, ledger from intake.sheet where coalesce(as_of, period_from) is not null
),

days as (
    select day from starts
    union all
    select date_trunc('year', s.day)::date - interval 3 month
    from starts as s
    inner join core.ledger_kind as k on s.ledger = k.ledger
    where k.due_every <> 'once'
    union all
    select period_to from intake.sheet where period_to is not null
),

span as (
    select date_trunc('month', min(day))::date as first_month, date_trunc('month', max(day))::date as last_month
    from days
),

numbered as (
    select unnest(generate_series(first_month, (last_month + interval 12 month)::date, interval 1 month))::date as month
    from span
    where first_month is not null
)

select month, (month + interval 1 month - interval 1 day)::date as month_end
from numbered
