/*
title: 办结的线上办件
meaning: 办结（含退回、撤回）日期在期内的每件线上办件，加上期内申请而到期末还没有办结的
ledger: online_request
lacks: {is_answered: 是否评价不详, is_satisfied: 满意与否不详}
*/
select r.request_id as unit_id, r.request_id as unit_name, r.community_id, r.community_id as listed_id,
       case when r.closed_month <= $last then r.closed_month else r.applied_month end as month,
       r.is_answered, r.is_satisfied,
       case
           when r.community_id is null then '社区不明'
           when r.closed_month is null or r.closed_month > $last then '期末未办结'
           when r.status = 'returned' then '已退回'
           when r.status = 'withdrawn' then '已撤回'
           when r.is_answered is null then '是否评价不详'
           when not r.is_answered then '未评价'
       end as why,
       case when r.community_id is null then '社区不明' end as to_check,
       null::boolean as is_new,
       r.load_id, r.file, r.sheet, r."row"
from core.online_request as r
where r.closed_month between $first and $last
   or (r.applied_month between $first and $last and (r.closed_month is null or r.closed_month > $last))
