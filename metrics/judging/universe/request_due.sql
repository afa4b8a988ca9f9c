/*
title: 应办结的线上办件
meaning: 应办结月份在期内的每件线上办件，加上期内申请而没有承诺办结日、已退回或撤回的
ledger: online_request
lacks: {is_on_time: 是否按时说不准}
*/
select r.request_id as unit_id, r.request_id as unit_name, r.community_id, r.community_id as listed_id,
       coalesce(r.due_month, r.applied_month) as month,
       r.is_on_time,
       case
           when r.community_id is null then '社区不明'
           when r.status = 'returned' then '已退回'
           when r.status = 'withdrawn' then '已撤回'
           when r.promised_date is null then '没有承诺办结日'
       end as why,
       case when r.community_id is null then '社区不明' end as to_check,
       null::boolean as is_new,
       r.load_id, r.file, r.sheet, r."row"
from core.online_request as r
where coalesce(r.due_month, r.applied_month) between $first and $last
