/*
title: 地址一栏写了两处的阵地
meaning: 一处阵地一行；地址写了两处的，请分成两行或只留一处（最近一期台账）
severity: soft
ledger: facility
*/
select f.community_id, f.facility as subject, '地址：' || l.address as detail, f.load_id, f.file, f.sheet, f."row"
from core.facility_month as f
inner join ledger.facility as l
    on f.load_id = l.load_id and f.file = l.file and f.sheet = l.sheet and f."row" = l."row"
where f.month = (select max(month) from core.facility_month)
    and (l.address similar to '.+[;；].*[0-9一-龥].*' or l.address similar to '.*[0-9]+号.*[、,，和及/].*[路街道巷].*[0-9]+号.*')
