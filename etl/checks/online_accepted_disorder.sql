/*
title: 受理时间早于申请或晚于办结的线上办件
meaning: 请核对三个时间；按时办结和办理天数只看申请、办结时间，照实计算
severity: soft
ledger: online_request
*/
select r.community_id, r.request_id as subject,
       '申请' || r.applied_date::varchar || '，受理' || r.accepted_date::varchar
       || coalesce('，办结' || r.closed_date::varchar, '') as detail,
       r.load_id, r.file, r.sheet, r."row"
from core.online_request as r
where r.accepted_date < r.applied_date or r.accepted_date > r.closed_date
