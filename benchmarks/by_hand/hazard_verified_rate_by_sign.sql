-- Reports verified in a year and found true by sign, over the community-months that reported.
select h.sign, sum(h.is_true::integer) as numerator, count(*) as denominator
from core.hazard as h
join core.report as r
    on r.ledger = 'hazard' and r.community_id = h.community_id and r.month = h.verified_month and r.shows
where h.is_checked and h.verified_month between date '2018-01-01' and date '2018-12-01'
group by h.sign
having numerator > 0
