-- 建会率 of one month by community, with its parts and what is missing, over the communities that reported.
select e.community_id, sum(e.has_union::integer) as numerator, count(e.has_union) as denominator,
       count(*) filter (where e.has_union is null) as item_missing,
       count(*) filter (where e.has_union and e.is_own_union) as own,
       count(*) filter (where e.has_union and not e.is_own_union) as covered
from core.enterprise_month as e
join core.report as r on r.ledger = 'enterprise' and r.community_id = e.community_id and r.month = e.month and r.holds
where e.is_operating and e.month = date '2018-12-01'
group by e.community_id
