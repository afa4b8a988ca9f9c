/*
title: 到期之后才同意的延期
meaning: 同意延期的日期晚于当时的到期日；这次延期不计，该项仍算超期。请核对同意延期的日期
severity: soft
ledger: case_step
*/
select s.community_id, s.case_no as subject, c.due_on || '到期，' || s.step_date || '才同意延期' as detail,
       s.load_id, s.file, s.sheet, s."row"
from core.case_step as s
inner join core.case_deadline as c on s.dispute_id = c.dispute_id
where s.step = 'extended' and c.is_owed and s.step_date > c.due_on
      and (c.met_on is null or s.step_date <= c.met_on)
      and c.rule in (select rule from core.deadline_rule where is_agreed or extension is not null)
