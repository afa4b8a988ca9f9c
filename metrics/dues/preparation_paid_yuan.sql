/*
title: 建会筹备金实缴
meaning: 所属期在期内、尚未建会的单位缴纳的建会筹备金
why: 筹备金在建会后转为工会经费，与工会经费分开看
caveat: 实缴空白、类别认不出的列为缺项，不当作0。几个月合为一行的，计在期间最后一个月，此前各月为不详，不与上月、上年同期比较；期间内另有按月的行的，从合计行里减去。没有写社区、也对不上企业的，列为缺项
source: 工会经费台账；工会法第四十三条（工资总额的2%）
owner: 街道总工会财务
reviewed: 2026-11-23
unit: dues
measure: 元
kind: amount
decimals: 0
time: flow
better: none
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
    d.is_paid_approx as is_approximate,
    d.paid_date as paid_on,
    d.load_id,
    d.file,
    d.sheet,
    d."row"
from core.dues_month as d
where (d.kind = 'preparation' or d.kind is null)
