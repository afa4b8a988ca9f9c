/*
title: 服务经费预算
meaning: 当年各项服务经费预算之和
why: 服务经费使用率的分母；看经费由谁出、安排到哪里
caveat: 全年数，不按月分解；街道的预算不分社区，分社区看时没有数；写明社区的预算列在该社区
source: 服务经费预算
owner: 街道总工会
reviewed: 2026-11-23
unit: budget
measure: 元
kind: amount
time: stock
better: none
decimals: 0
of_street: true
no_rows: unknown
ledgers: [budget]
*/
select
    b.budget_id as unit_id,
    b.year || '年服务经费预算' as unit_name,
    b.community_id,
    m.month,
    b.service_kind,
    b.funding_source,
    b.amount_yuan as value,
    b.is_approx as is_approximate,
    b.load_id,
    b.file,
    b.sheet,
    b."row"
from core.budget as b
inner join core.month as m on b.year = year(m.month)
