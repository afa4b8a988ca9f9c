-- Requests due in a year and done in time by item, over the community-months that reported.
select q.item, sum(q.is_on_time::integer) as numerator, count(*) as denominator
from core.online_request as q
join core.report as r
    on r.ledger = 'online_request' and r.community_id = q.community_id and r.month = q.due_month and r.shows
where q.is_due and q.is_on_time is not null and q.due_month between date '2018-01-01' and date '2018-12-01'
group by q.item
having numerator > 0
