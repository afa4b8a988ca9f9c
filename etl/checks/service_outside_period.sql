/*
title: 活动日期不在本表期间内的服务活动
meaning: 活动日期早于或晚于本表所报的月份；照活动日期计入，那个月另没有台账的就不在任何一个月的数里，请核对日期或改报到当月的台账
severity: soft
ledger: service
*/
select s.community_id, s.service_name as subject,
       '本表期间为' || strftime(l.period_from, '%Y年%m月')
       || case when date_trunc('month', l.period_from) = date_trunc('month', l.period_to) then ''
               else '至' || strftime(l.period_to, '%Y年%m月') end as detail,
       s.load_id, s.file, s.sheet, s."row"
from core.service as s
inner join ledger.service as l
    on s.load_id = l.load_id and s.file = l.file and s.sheet = l.sheet and s."row" = l."row"
where s.month < date_trunc('month', l.period_from) or s.month > date_trunc('month', l.period_to)
