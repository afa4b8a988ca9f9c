/*
title: 已办结、退回或撤回而没有日期的线上办件（按在办计）
meaning: 终结须有状态和日期，缺一按在办计，请补填办结时间
severity: soft
ledger: online_request
*/
select r.community_id, r.request_id as subject, '状态为“' || c.title || '”，没有办结时间' as detail,
       r.load_id, r.file, r.sheet, r."row"
from core.online_request as r
inner join core.code as c on c.list = 'online_status' and r.status = c.code
inner join core.code_extra as x
    on x.list = 'online_status' and x.name = 'is_final' and x.value = 'true' and r.status = x.code
where not r.is_closed
