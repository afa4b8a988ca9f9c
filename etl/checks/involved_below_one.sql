/*
title: 涉及人数不足1人的纠纷
meaning: 一宗纠纷至少涉及1人；现按不详处理，不计入涉及人数
severity: hard
ledger: dispute
*/
select d.community_id, d.case_no as subject, '涉及人数写“' || b.value || '”' as detail, b.load_id, b.file, b.sheet, b."row"
from intake.bad_cell as b
inner join ledger.dispute as d
    on b.load_id = d.load_id and b.file = d.file and b.sheet = d.sheet and b."row" = d."row"
where b."column" = 'workers_involved' and b.code in ('out_of_range', 'negative') and try_cast(b.value as double) < 1
