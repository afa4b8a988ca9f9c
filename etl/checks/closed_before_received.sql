/*
title: 办结日期早于受理日期的纠纷
meaning: 办结日期按未填处理，纠纷计入在办；请核对两个日期
severity: hard
ledger: dispute
*/
select d.community_id, d.case_no as subject, '办结日期“' || b.value || '”早于受理日期' || d.received_date::varchar as detail,
       b.load_id, b.file, b.sheet, b."row"
from intake.bad_cell as b
inner join ledger.dispute as d
    on b.load_id = d.load_id and b.file = d.file and b.sheet = d.sheet and b."row" = d."row"
where b.code = 'date_order' and b."column" = 'closed_date'
