/*
title: 合计行与各行之和不一致
meaning: 合计、小计行的数与它应当合计的各行之和不同；数字以各行为准，请核对是否漏行、多行或改数后没有重算
severity: hard
ledger: enterprise
*/
select case when s.unit_id <> 'street' then s.unit_id end as community_id, t.column_title as subject,
       '合计行写' || format('{:.10g}', t.stated) || '，各行之和为' || format('{:.10g}', t.summed)
       || '，相差' || format('{:.10g}', abs(round(t.stated - t.summed, 2))) as detail,
       t.load_id, t.file, t.sheet, t."row"
from intake.sheet_total as t
inner join intake.sheet as s on t.load_id = s.load_id and t.file = s.file and t.sheet = s.sheet
where t.stated <> t.summed
