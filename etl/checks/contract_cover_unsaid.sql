/*
title: 区域性、行业性合同没有说清覆盖哪些企业
meaning: 没有逐家列名，也没有写明覆盖“工联会覆盖企业”或“全部已建会企业”的合同，覆盖的企业不计入建制率；请补填覆盖范围或逐家列名（最近一期台账）
severity: soft
ledger: contract
*/
with newest as (
    select max(month) as month from core.report where ledger = 'contract' and state = 'received'
)

select distinct c.community_id, coalesce(c.party, c.contract_id) as subject,
       '覆盖范围' || coalesce('写' || k.title, '空白')
       || case when c.covered_units is not null then '，台账写覆盖' || c.covered_units || '家' else '' end as detail,
       c.load_id, c.file, c.sheet, c."row"
from core.contract_month as c
inner join newest as n on c.month = n.month
left join core.code as k on k.list = 'contract_cover' and c.covers = k.code
where not c.is_listed and (c.covers is null or c.covers in ('own', 'listed'))
