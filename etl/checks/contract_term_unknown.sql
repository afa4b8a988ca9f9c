/*
title: 集体合同的有效期说不准
meaning: 没有写终止日期，或只写到年份；这家企业的建制情况列为缺项，请补填合同终止日期（最近一期台账）
severity: soft
ledger: contract
*/
with newest as (
    select max(month) as month from core.report where ledger = 'contract' and state = 'received'
)

select distinct c.community_id, coalesce(c.party, c.contract_id) as subject,
       case when c.term_end is null then '没有终止日期' else '终止日期只写到年份' end as detail,
       c.load_id, c.file, c.sheet, c."row"
from core.contract_month as c
inner join newest as n on c.month = n.month
where c.is_valid is null
