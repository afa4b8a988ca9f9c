/*
title: 风险事实晚于报告期
meaning: 发生日期在所报月份之后，可能写错了年月；这项事实到了那一天才计入
severity: hard
ledger: risk_score
*/
select r.community_id, r.enterprise as subject,
       '发生日期' || r.fact_date::varchar || '，报告期至' || s.period_to::varchar as detail,
       r.load_id, r.file, r.sheet, r."row"
from core.risk_row as r
inner join intake.sheet as s on r.load_id = s.load_id and r.file = s.file and r.sheet = s.sheet and s.ledger = 'risk_score'
where r.fact_date > s.period_to
