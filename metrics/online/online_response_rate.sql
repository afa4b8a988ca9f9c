/*
title: 线上办件评价率
meaning: 有评价的件数 ÷ 已办结件数
why: 满意率有多少人作答，与满意率并看：评价的人少，满意率说明不了多少
caveat: 按办结日期计，不含退回、撤回；同一张表有人评价的，空白按未评价计；整张表都没有评价的不计入，列为缺项
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
    cast(r.is_answered as integer) as value,
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
