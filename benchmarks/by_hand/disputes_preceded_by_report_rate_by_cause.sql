-- Disputes received in a year that a report preceded, by main cause, over the community-months that reported.
select d.cause, sum(l.is_preceded::integer) as numerator, count(*) as denominator
from core.dispute as d
join core.dispute_lead as l on d.dispute_id = l.dispute_id
join core.report as r on r.ledger = 'dispute' and r.community_id = d.community_id and r.month = d.received_month and r.shows
join core.report as h on h.ledger = 'hazard' and h.community_id = d.community_id and h.month = d.received_month and h.shows
where l.is_window_known and d.received_month between date '2018-01-01' and date '2018-12-01'
group by d.cause
having numerator > 0
