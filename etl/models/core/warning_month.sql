/*
title: 可以定级的月份
meaning: 有台账说到的月份；之后的月份还没有事实可看，不定级
kind: view
columns:
  month: 月份
  month_end: 月末
  scheme: 当月采用的评分办法（没有的为空）
*/
with last_told as (
    select max(month) as month
    from core.report
    where ledger in ('risk_score', 'hazard', 'dispute', 'online_request') and state in ('received', 'nil')
)

select m.month, m.month_end, p.scheme
from core.month as m
inner join last_told as t on m.month <= t.month
left join core.warning_period as p
    on m.month >= p.from_month and m.month < coalesce(p.before_month, date '9999-01-01')
