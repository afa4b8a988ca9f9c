/*
title: 线上办件成果
meaning: 期内办结、写明办理成果的线上办件件数
why: 一件办件最后办成了什么：建立工会、发展会员、转为纠纷、建立帮扶档案等
caveat: 按办结日期计，不含退回、撤回；没有写明成果的不计入，列为缺项；“未形成成果”也是一种成果说明，单列
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
    case when r.result is not null then 1 end as value,
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
where r.is_completed
