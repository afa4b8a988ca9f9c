/*
title: 没有面积的在用阵地
meaning: 不计入阵地面积，请补填；建在另一处阵地里面的，请填“所在阵地”
severity: soft
ledger: facility
*/
select f.community_id, f.facility as subject, '面积不详' as detail, f.load_id, f.file, f.sheet, f."row"
from core.facility_month as f
where f.month = (select max(month) from core.facility_month) and f.is_counted and f.area_m2 is null
