/*
title: 受理的纠纷
meaning: 受理日期在期内的每宗劳资纠纷
ledger: dispute
lacks: {is_window_known: 受理前隐患台账未报齐}
*/
select d.dispute_id as unit_id, d.dispute_id as unit_name, d.community_id, d.community_id as listed_id, d.received_month as month,
       nullif(l.is_window_known, false) as is_window_known,
       case when d.community_id is null then '社区不明' end as why,
       case when d.community_id is null then '社区不明' end as to_check,
       null::boolean as is_new,
       d.load_id, d.file, d.sheet, d."row"
from core.dispute as d
inner join core.dispute_lead as l on d.dispute_id = l.dispute_id
where d.received_month between $first and $last
