/*
title: 办结线上办件
meaning: 办结（含退回、撤回）日期在期内的线上办件件数
why: 与申请、在办对照：上月末在办 + 本月申请 − 本月办结（含退回、撤回）= 本月末在办
caveat: 含退回、撤回；只有状态而没有日期的，仍算在办
source: 智慧工建办件台账
owner: 街道总工会
reviewed: 2026-11-23
unit: request
measure: 件
kind: count
time: flow
better: none
ledgers: [online_request]
*/
select
    r.request_id as unit_id,
    r.request_id as unit_name,
    r.community_id,
    r.closed_month as month,
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
where r.is_closed
