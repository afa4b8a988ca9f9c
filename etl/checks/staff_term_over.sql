/*
title: 任期已届满的工会岗位
meaning: 任期届满日不晚于台账的数据截至日；请安排换届，或更新任期（最近一期台账）
severity: soft
ledger: staff
*/
select s.community_id, coalesce(s.union_name, '未写明工会') as subject,
       coalesce(p.title || '（', '') || k.title || case when p.title is null then '' else '）' end || '，'
       || s.term_ends_on::varchar || '届满，数据截至' || s.as_of::varchar as detail,
       s.load_id, s.file, s.sheet, s."row"
from core.staff_month as s
inner join core.code as k on k.list = 'staff_kind' and s.staff_kind = k.code
left join core.code as p on p.list = 'union_position' and s.position = p.code
where s.is_on_post and s.term_ends_on <= s.as_of
    and s.month = (select max(date_trunc('month', as_of)::date) from core.staff_month)
