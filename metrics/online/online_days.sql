/*
title: 线上办件办结天数
meaning: 期内办结的线上办件，从申请到办结的天数（中位数）
why: 反映职工要等多久
caveat: 自然日；不含退回、撤回和尚未办结的，办得慢的还没有算进来；日期没有写到日的列为缺项
source: 智慧工建办件台账
owner: 街道总工会
reviewed: 2026-11-23
unit: request
measure: 天
kind: median
aggregate: median
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
    r.days_to_result as value,
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
where r.is_completed
