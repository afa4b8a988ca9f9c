/*
title: 和谐企业对不上企业名册
meaning: 企业名册里没有这家企业，按所写名称计数；请核对名称、社区或信用代码（最近一期台账）
severity: soft
ledger: award
*/
with newest as (
    select max(month) as month from core.report where ledger = 'award' and state = 'received'
)

select distinct a.community_id, a.holder as subject, '和谐企业' as detail, a.load_id, a.file, a.sheet, a."row"
from core.award_month as a
inner join newest as n on a.month = n.month
where a.kind = 'enterprise' and a.enterprise_id is null
