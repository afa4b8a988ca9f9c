/*
title: 税务代收户数
meaning: 当月所属期由税务代收工会经费（含建会筹备金）的单位户数
why: 税务代收的覆盖面
caveat: 是月末数，不逐月累加；几个月合为一行的计在期间最后一个月，此前各月为不详，不作比较。是否税务代收空白的列为缺项；没有写社区、也对不上企业的，列为缺项
source: 工会经费台账
owner: 街道总工会财务
reviewed: 2026-11-23
unit: dues
measure: 户
kind: count
time: stock
better: none
ledgers: [dues]
*/
select
    coalesce(d.enterprise_id, d.payer) as unit_id,
    d.payer as unit_name,
    d.community_id,
    d.month,
    d.lump_from,
    d.lump_to,
    d.park_id,
    d.industry,
    d.size_band,
    d.ownership,
    case when d.is_tax_collected then 1 end as value,
    false as is_approximate,
    d.paid_date as paid_on,
    d.load_id,
    d.file,
    d.sheet,
    d."row"
from core.dues_month as d
where d.is_tax_collected is distinct from false and d.kind is distinct from 'other'
qualify row_number() over (
    partition by coalesce(d.enterprise_id, d.payer), d.month order by d.is_tax_collected desc nulls last, d.file, d.sheet, d."row"
) = 1
