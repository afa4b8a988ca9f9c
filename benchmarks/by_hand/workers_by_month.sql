-- Workers of the street month by month, whether the sum is approximate, and how many enterprises lack the number.
select e.month, sum(e.workers) as numerator, null as denominator,
       count(*) filter (where e.workers is null) as item_missing,
       bool_or(e.is_workers_approx) as is_approximate
from core.enterprise_month as e
join core.report as r on r.ledger = 'enterprise' and r.community_id = e.community_id and r.month = e.month and r.holds
where e.is_operating and e.month between date '2016-01-01' and date '2018-12-01'
group by e.month
