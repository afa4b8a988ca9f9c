/*
title: 线上办件
meaning: 申请日期在期内的线上办件件数
why: 反映职工和企业使用线上平台的情况
caveat: 同一编号只计一件；没有写明社区、也对不上企业的，不计入，列为缺项
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
    r.applied_month as month,
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
    r.result,
    r.linked_no,
    r.load_id,
    r.file,
    r.sheet,
    r."row"
from core.online_request as r
