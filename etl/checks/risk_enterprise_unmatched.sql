/*
title: 风险评分对不上企业
meaning: 信用代码不在企业名册里，同社区也没有唯一的同名企业；这样的事实不能定级，请核对企业名称、社区或信用代码
severity: soft
ledger: risk_score
*/
select r.community_id, r.enterprise as subject, r.fact_date::varchar || '　' || c.title as detail,
       r.load_id, r.file, r.sheet, r."row"
from core.risk_row as r
inner join core.code as c on c.list = 'risk_indicator' and r.indicator = c.code
where r.enterprise_id is null
