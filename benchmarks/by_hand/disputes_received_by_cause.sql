-- Disputes received in a year by main cause, over the community-months that reported.
select d.cause, count(*) as numerator, null as denominator
from core.dispute as d
join core.report as r
    on r.ledger = 'dispute' and r.community_id = d.community_id and r.month = d.received_month and r.shows
where d.received_month between date '2018-01-01' and date '2018-12-01'
group by d.cause
