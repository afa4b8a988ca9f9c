-- 入会率 of one month by industry, with the sums that its clustered interval needs.
select e.industry, sum(e.members) filter (where e.workers is not null) as numerator,
       sum(e.workers) filter (where e.members is not null) as denominator,
       count(*) filter (where e.members is null or e.workers is null) as item_missing,
       bool_or(e.is_members_approx or e.is_workers_approx) as is_approximate,
       count(*) filter (where e.members is not null and e.workers is not null) as clusters,
       sum(e.members::double * e.members) filter (where e.workers is not null) as yy,
       sum(e.members::double * e.workers) as yx,
       sum(e.workers::double * e.workers) filter (where e.members is not null) as xx
from core.enterprise_month as e
join core.report as r on r.ledger = 'enterprise' and r.community_id = e.community_id and r.month = e.month and r.holds
where e.is_operating and e.month = date '2018-12-01'
group by e.industry
