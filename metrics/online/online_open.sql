/*
title: 在办线上办件
meaning: 月末已申请而尚未办结、退回或撤回的线上办件件数
why: 反映手头的办理压力；上月末在办 + 本月申请 − 本月办结（含退回、撤回）= 本月末在办
caveat: 有终结性状态和日期的才算办结；该等式在前后两月都已报的社区内成立
source: 智慧工建办件台账
owner: 街道总工会
reviewed: 2026-11-23
unit: request
measure: 件
kind: balance
time: stock
better: none
ledgers: [online_request]
*/
select
    r.request_id as unit_id,
    r.request_id as unit_name,
    r.community_id,
    m.month,
    r.park_id,
    r.industry,
    r.size_band,
    r.ownership,
    r.item,
    r.channel as online_channel,
    1 as value,
    false as is_approximate,
    r.applied_date,
    r.promised_date,
    r.status,
    r.closed_date,
    r.satisfaction,
    r.linked_no,
    r.load_id,
    r.file,
    r.sheet,
    r."row"
from core.online_request as r
inner join core.month as m
    on r.applied_month <= m.month and (r.closed_month is null or r.closed_month > m.month)
