/*
title: 月末办理期限
meaning: 每个月末还在走的、本街道应办的期限一行；期限已办到或者纠纷已了结的不在其中
columns:
  month: 月份
  dispute_id: 案件编号
  rule: 期限代号
  started_on: 起算日期
  is_overdue: 月末已超期：到期日早于月末
unique: [month, dispute_id, rule, started_on]
not_null: [month, dispute_id, rule, started_on]
empty_without: [case_step, dispute]
*/
select m.month, c.dispute_id, c.rule, c.started_on, c.due_on < m.month_end as is_overdue
from core.case_deadline as c
inner join core.month as m
    on c.started_on <= m.month_end and (c.stopped_on is null or c.stopped_on > m.month_end)
where c.is_owed
