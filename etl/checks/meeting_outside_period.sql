/*
title: 召开日期不在本表期间内的会议
meaning: 召开日期早于或晚于本表所报的月份；照召开日期计入，那个月另没有台账的就不在任何一个月的数里，请核对日期或改报到当月的台账
severity: soft
ledger: meeting
*/
select s.community_id, strftime(s.held_date, '%Y-%m-%d') || ' ' || k.title as subject,
       '本表期间为' || strftime(l.period_from, '%Y年%m月')
       || case when date_trunc('month', l.period_from) = date_trunc('month', l.period_to) then ''
               else '至' || strftime(l.period_to, '%Y年%m月') end as detail,
       s.load_id, s.file, s.sheet, s."row"
from core.meeting as s
inner join ledger.meeting as l
    on s.load_id = l.load_id and s.file = l.file and s.sheet = l.sheet and s."row" = l."row"
inner join core.code as k on k.list = 'meeting_kind' and s.meeting_kind = k.code
where s.month < date_trunc('month', l.period_from) or s.month > date_trunc('month', l.period_to)
