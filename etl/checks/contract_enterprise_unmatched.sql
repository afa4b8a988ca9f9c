/*
title: 集体合同对不上企业
meaning: 写了企业名称或信用代码，而企业名册里没有这家企业；这样的合同不计入建制率，请核对名称、社区或信用代码（最近一期台账）
severity: soft
ledger: contract
*/
with newest as (
    select max(month) as month from core.report where ledger = 'contract' and state = 'received'
)

select distinct c.community_id, c.party as subject, '合同' || c.contract_id as detail, c.load_id, c.file, c.sheet, c."row"
from core.contract_month as c
inner join newest as n on c.month = n.month
where c.is_listed and c.enterprise_id is null
