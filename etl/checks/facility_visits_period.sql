/*
title: 服务人次推不出本年累计的阵地
meaning: 填的是日均、当月、建成以来的数，或只有下半年没有上半年的数；不折算，不计入阵地服务人次，请改填本年累计或补报半年数
severity: soft
ledger: facility
*/
select f.community_id, f.facility as subject,
       '统计期间：' || coalesce(c.title, case when l.visits_half is not null then '半年' else '本年累计' end) as detail,
       f.load_id, f.file, f.sheet, f."row"
from core.facility_month as f
inner join ledger.facility as l
    on f.load_id = l.load_id and f.file = l.file and f.sheet = l.sheet and f."row" = l."row"
left join core.code as c on c.list = 'visits_period' and l.visits_period = c.code
-- 截至日所在那一年的最后一个月：沿用到次年的月份都没有本年累计
where f.month = (select max(month) from core.facility_month where year(month) = year(as_of))
    and f.is_counted and f.visits is null and coalesce(l.visits, l.visits_half) is not null
