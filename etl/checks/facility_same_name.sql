/*
title: 同一社区有几处同名的阵地
meaning: 地址不同的按几处计；其实是一处的，请删去多余的行，确是几处的，请在名称上区分
severity: soft
ledger: facility
*/
with newest as (
    select * from core.facility_month
    where month = (select max(month) from core.facility_month)
),

same as (
    select facility, community_id, count(*) as count
    from newest
    group by facility, community_id
    having count(*) > 1
)

select n.community_id, n.facility as subject,
       '共' || s.count || '处，本处地址“' || coalesce(n.address, '空白') || '”' as detail, n.load_id, n.file, n.sheet, n."row"
from newest as n
inner join same as s on n.facility = s.facility and n.community_id is not distinct from s.community_id
