/*
title: 有办结时间而状态不是终结的线上办件（按在办计）
meaning: 终结须有状态和日期，缺一按在办计，请更正办理状态
severity: soft
ledger: online_request
*/
select r.community_id, r.request_id as subject,
       '办结时间' || l.closed_date::varchar || '，状态为“' || coalesce(c.title, '空白') || '”' as detail,
       r.load_id, r.file, r.sheet, r."row"
from core.online_request as r
inner join ledger.online_request as l
    on r.load_id = l.load_id and r.file = l.file and r.sheet = l.sheet and r."row" = l."row"
left join core.code as c on c.list = 'online_status' and r.status = c.code
where l.closed_date is not null and not r.is_closed
