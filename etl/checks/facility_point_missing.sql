/*
title: 没有经纬度的在用阵地
meaning: 不参加“阵地500米、1,000米内职工占比”和选址的测算，请补填经纬度
severity: soft
ledger: facility
*/
select f.community_id, f.facility as subject, '没有经纬度' as detail, f.load_id, f.file, f.sheet, f."row"
from core.facility_month as f
where f.month = (select max(month) from core.facility_month) and f.is_counted and (f.lon is null or f.lat is null)
