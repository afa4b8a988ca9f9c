/*
title: 涉及人数写成人次的纠纷
meaning: 人和人次不能相加；现按不详处理，不计入涉及人数，请改填人数
severity: soft
ledger: dispute
*/
select d.community_id, d.case_no as subject, '涉及人数写“' || b.value || '”（' || b.header || '）' as detail,
       b.load_id, b.file, b.sheet, b."row"
from intake.bad_cell as b
inner join ledger.dispute as d
    on b.load_id = d.load_id and b.file = d.file and b.sheet = d.sheet and b."row" = d."row"
where b."column" = 'workers_involved' and (b.value like '%人次%' or b.header like '%人次%')
