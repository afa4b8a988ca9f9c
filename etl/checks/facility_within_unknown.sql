/*
title: 所在阵地找不到的阵地
meaning: 写明在另一处阵地里面，而同一社区没有那个名称的阵地，或那处阵地又写在别处里面；现不另计处数和面积，请核对名称
severity: soft
ledger: facility
*/
with newest as (
    select * from core.facility_month
    where month = (select max(month) from core.facility_month)
)

select n.community_id, n.facility as subject, '所在阵地“' || n.within || '”' as detail, n.load_id, n.file, n.sheet, n."row"
from newest as n
where n.is_part and not exists (
    select 1 from newest as h
    where h.facility = n.within and h.community_id is not distinct from n.community_id and not h.is_part
)
