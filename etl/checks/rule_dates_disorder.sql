/*
title: 废止日期早于施行日期的制度
meaning: 按废止日期处理，不计入在执行的制度；请核对日期（最近一期台账）
severity: hard
ledger: rule
*/
select r.community_id, r.rule as subject,
       '施行' || r.effective_date::varchar || '，废止' || r.repealed_date::varchar as detail,
       r.load_id, r.file, r.sheet, r."row"
from core.rule_month as r
where r.repealed_date < r.effective_date
    and r.month = (select max(date_trunc('month', as_of)::date) from core.rule_month)
