/*
title: 工会经费拨缴率
meaning: 实拨合计 ÷ 应拨合计（按所属期）
why: 经费足额拨缴是工会开展活动的基础
caveat: 两边都有数的单位才计入；实拨空白或应拨算不出的，两边都不计，列为缺项。补缴、预缴会使个别月份超过100%。建会筹备金另计；类别认不出的列为缺项。几个月合为一行的，计在期间最后一个月，此前各月为不详，不与上月、上年同期比较；期间内另有按月的行的，从合计行里减去。没有写社区、也对不上企业的，列为缺项
source: 工会经费台账；工会法第四十三条（工资总额的2%）
owner: 街道总工会财务
reviewed: 2026-11-23
unit: dues
measure: 元
kind: ratio
interval: none
over: dues_due_yuan
time: flow
better: higher
ledgers: [dues]
*/
select
    d.dues_id as unit_id,
    d.payer as unit_name,
    d.community_id,
    d.month,
    d.lump_from,
    d.lump_to,
    d.park_id,
    d.industry,
    d.size_band,
    d.ownership,
    case when d.kind is not null then d.paid_yuan end as value,
    d.due_yuan as base,
    d.is_due_approx or d.is_paid_approx as is_approximate,
    d.paid_date as paid_on,
    d.load_id,
    d.file,
    d.sheet,
    d."row"
from core.dues_month as d
where (d.kind = 'dues' or d.kind is null)
