/*
title: 办结的纠纷
meaning: 办结日期在期内的每宗劳资纠纷，加上期内受理而到期末还没有办结的
ledger: dispute
lacks: {}
*/
with outcome as (
    select code, title
    from core.code
    where list = 'outcome'
)

select d.dispute_id as unit_id, d.dispute_id as unit_name, d.community_id, d.community_id as listed_id,
       case when d.closed_month <= $last then d.closed_month else d.received_month end as month,
       case
           when d.community_id is null then '社区不明'
           when d.closed_month is null or d.closed_month > $last then '期末未办结'
           else '办理结果：' || o.title
       end as why,
       case when d.community_id is null then '社区不明' end as to_check,
       null::boolean as is_new,
       d.load_id, d.file, d.sheet, d."row"
from core.dispute as d
left join outcome as o on d.outcome = o.code
where d.closed_month between $first and $last
   or (d.received_month between $first and $last and (d.closed_month is null or d.closed_month > $last))
