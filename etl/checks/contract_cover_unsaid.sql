/*
title: 区域性、行业性合同没有说清覆盖哪些企业
meaning: 没有逐家列名，也没有写明覆盖“工联会覆盖企业”或“全部已建会企业”的，或写明了而看不出是哪个社区、园区的合同，覆盖的企业不计入建制率；请补填覆盖范围、社区或逐家列名（最近一期台账）
severity: soft
ledger: contract
*/
with newest as (
    select max(month) as month from core.report where ledger = 'contract' and state = 'received'
)

select distinct c.community_id, coalesce(c.party, c.contract_id) as subject,
       case
           when c.covers in ('federation', 'unionised') then '没有写明是哪个社区、园区'
           else '覆盖范围' || coalesce('写' || k.title, '空白')
       end
       || case when c.covered_units is not null then '，台账写覆盖' || c.covered_units || '家' else '' end as detail,
       c.load_id, c.file, c.sheet, c."row"
from core.contract_month as c
inner join newest as n on c.month = n.month
left join core.code as k on k.list = 'contract_cover' and c.covers = k.code
where not c.is_listed
    and (
        c.covers is null or c.covers in ('own', 'listed')
        or (c.community_id is null and c.park_id is null and not c.is_street_wide)
    )
