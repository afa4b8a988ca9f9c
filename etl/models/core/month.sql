/*
title: 月份
meaning: 从最早的台账日期到最晚日期后一年的每个月；结转的登记类台账在最后一期之后仍要作答
columns:
  month: 当月第一天
  month_end: 当月最后一天
unique: [month]
*/
with days as (
    select as_of as day from intake.sheet where as_of is not null
    union all
    select period_from from intake.sheet where period_from is not null
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
