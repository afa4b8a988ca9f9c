/*
title: 线上办件按时办结率
meaning: 在承诺办结日当天或以前办结的件数 ÷ 应办结件数
why: 检验对职工作出的时限承诺
caveat: 应办结：承诺办结日在期内（提前办结的计在办结当月），不含退回、撤回；没有承诺办结日的不计入。到承诺办结日仍未办结的，计入分母；台账还说不到承诺办结日、办结的状态和日期只写了一样的，列为缺项
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
universe: request_due
*/
select
    r.request_id as unit_id,
    r.request_id as unit_name,
    r.community_id,
    r.due_month as month,
    r.park_id,
    r.industry,
    r.size_band,
    r.ownership,
    r.item,
    r.channel as online_channel,
    cast(r.is_on_time as integer) as value,
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
where r.is_due
