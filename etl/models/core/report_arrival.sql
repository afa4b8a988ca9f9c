/*
title: 报送经过
meaning: >-
  每种台账、每个社区、每个月：由哪些有效批次报过，何时收到；已被后来的台账替换的也算报过。
  勾选的零报告也是一次，没有批次
columns:
  ledger: 台账种类
  community_id: 社区
  month: 月份
  load_id: 导入批次（勾选的零报告为空）
  load_no: 导入批次的序号（勾选的零报告为空）
  received_on: 收到日期
unique: [ledger, community_id, month, load_no]
not_null: [ledger, community_id, month, received_on]
*/
with spoken as (
    select a.ledger, c.community_id, coalesce(a.as_of, a.period_from) as first_day,
           coalesce(a.as_of, a.period_to) as last_day, a.load_id, a.load_no, a.received_on
    from intake.arrival as a
    inner join core.community as c on a.community_id = c.community_id
    union all
    select a.ledger, c.community_id, coalesce(a.as_of, a.period_from), coalesce(a.as_of, a.period_to), a.load_id,
           a.load_no, a.received_on
    from intake.arrival as a
    cross join core.community as c
    where a.community_id = 'street'
)

select distinct s.ledger, s.community_id, m.month, s.load_id, s.load_no, s.received_on
from spoken as s
inner join core.month as m on s.first_day <= m.month_end and s.last_day >= m.month
union all
select n.ledger, n.community_id, n.month, null, null, n.noted_on
from core.nil_report as n
where n.community_id <> 'street'
union all
select n.ledger, c.community_id, n.month, null, null, n.noted_on
from core.nil_report as n
cross join core.community as c
where n.community_id = 'street'
