/*
title: 办理期限
meaning: 月末还在走的每项应办期限，不论由谁办
ledger: case_step
lacks: {is_overdue: 到期日不详}
*/
select c.dispute_id || ' ' || c.title || ' ' || c.started_on as unit_id, c.dispute_id as unit_name,
       coalesce(d.community_id, c.community_id) as community_id, coalesce(d.community_id, c.community_id) as listed_id, m.month,
       n.is_overdue,
       case
           when d.dispute_id is null then '对不上劳资纠纷台账'
           when d.community_id is null then '社区不明'
           when not c.is_own then '不由本街道的组织办'
       end as why,
       case when coalesce(d.community_id, c.community_id) is null then '社区不明' end as to_check,
       null::boolean as is_new,
       c.load_id, c.file, c.sheet, c."row"
from core.case_deadline as c
inner join core.month as m
    on c.started_on <= m.month_end and (c.stopped_on is null or c.stopped_on > m.month_end)
left join core.dispute as d on c.dispute_id = d.dispute_id
left join core.deadline_month as n
    on m.month = n.month and c.dispute_id = n.dispute_id and c.rule = n.rule and c.started_on = n.started_on
where c.nature = 'duty' and m.month between $first and $last
