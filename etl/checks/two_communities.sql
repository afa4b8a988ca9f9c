/*
title: 两个社区同时登记的企业
meaning: 同一企业在同一天的两个社区名册里，只计入一个社区；请核实属于哪个社区
severity: soft
ledger: enterprise
*/
select max(community_id) as community_id, max(enterprise) as subject,
       as_of::varchar || ' 有' || count(distinct community_id)::varchar || '个社区登记' as detail,
       max(load_id) as load_id, max(file) as file, max(sheet) as sheet, max("row") as "row"
from core.enterprise_row
where community_id is not null
group by enterprise_id, as_of
having count(distinct community_id) > 1
