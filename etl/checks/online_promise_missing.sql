/*
title: 没有承诺办结日的线上办件
meaning: 不计入应办结，也就不计入按时办结率，请补填
severity: soft
ledger: online_request
*/
select r.community_id, r.request_id as subject, '没有承诺办结日' as detail, r.load_id, r.file, r.sheet, r."row"
from core.online_request as r
where r.promised_date is null and coalesce(r.status not in ('returned', 'withdrawn'), true)
