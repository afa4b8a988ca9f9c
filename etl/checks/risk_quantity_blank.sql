/*
title: 风险评分没有写程度
meaning: 按月数、人数、天数或百分比评分的项目没有写程度，不知道够不够分，未予计分；请补上
severity: soft
ledger: risk_score
*/
select r.community_id, r.enterprise as subject, r.fact_date::varchar || '　' || c.title as detail,
       r.load_id, r.file, r.sheet, r."row"
from core.risk_row as r
inner join core.code as c on c.list = 'risk_indicator' and r.indicator = c.code
where r.quantity is null
