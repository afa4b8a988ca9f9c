/*
title: 承诺办结日早于申请时间的线上办件
meaning: 承诺的日子不会在申请以前；照此计会是超期，请核对年份
severity: soft
ledger: online_request
*/
select r.community_id, r.request_id as subject,
       '申请' || r.applied_date::varchar || '，承诺办结日' || r.promised_date::varchar as detail,
       r.load_id, r.file, r.sheet, r."row"
from core.online_request as r
inner join ledger.online_request as l
    on r.load_id = l.load_id and r.file = l.file and r.sheet = l.sheet and r."row" = l."row"
where r.promised_date < r.applied_date and l.promised_date_precision = 'day' and l.applied_date_precision = 'day'
