/*
title: 建会日期前后不一致的企业
meaning: 前后两期名册的建会月份不同，新建会数可能重复计算；请核实
severity: soft
ledger: enterprise
*/
select max(community_id) as community_id, max(enterprise) as subject,
       '各期名册写有' || count(distinct month)::varchar || '个不同的建会月份' as detail,
       max(load_id) as load_id, max(file) as file, max(sheet) as sheet, max("row") as "row"
from core.union_formed
group by enterprise_id
having count(distinct month) > 1
