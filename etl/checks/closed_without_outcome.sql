/*
title: 有办结日期但结果不是办结的纠纷（按在办计）
meaning: 办结须有终结性结果和日期；缺一按在办计，请补填
severity: soft
ledger: dispute
*/
select l.community_id, d.dispute_id as subject, '有办结日期，结果空白或仍在办' as detail, l.load_id, l.file, l.sheet, l."row"
from ledger.dispute as l
inner join core.dispute as d
    on l.load_id = d.load_id and l.file = d.file and l.sheet = d.sheet and l."row" = d."row"
where l.closed_date is not null and not d.is_closed
