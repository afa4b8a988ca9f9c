/*
title: 线上办件满意率
meaning: 评价为非常满意、满意或基本满意的件数 ÷ 有评价的件数
why: 反映职工对办理的感受
caveat: 按办结日期计，不含退回、撤回；未评价的不在分母，须与评价率并看
source: 智慧工建办件台账
owner: 街道总工会
reviewed: 2026-11-23
unit: request
measure: 件
kind: proportion
over: units
time: flow
better: none
ledgers: [online_request]
universe: request_closed
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
    cast(r.is_satisfied as integer) as value,
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
where r.is_answered
