/*
title: 服务经费使用率
meaning: 1月1日至当月由列有预算的资金来源支出的服务经费 ÷ 当年服务经费预算
why: 党工委拨的钱用了多少，与时序进度（已过月份÷12）对照
caveat: 总是从年初累计到所问月份；没有列预算的来源（如社会捐赠）不计；资金来源不详的不计入，列为缺项；支出按活动日期计，与财务入账会有先后；预算不分社区的，社区没有使用率
source: 服务活动台账、服务经费预算
owner: 街道总工会
reviewed: 2026-11-23
unit: service
measure: 元
kind: ratio
interval: none
over: service_budget_yuan
over_time: last
time: flow
period: ytd
better: none
of_street: true
ledgers: [service]
*/
select
    s.service_id as unit_id,
    s.service_name as unit_name,
    s.community_id,
    s.month,
    s.park_id,
    s.industry,
    s.size_band,
    s.ownership,
    s.service_kind,
    s.funding_source,
    -- 不知道谁出的钱，就不知道在不在预算里
    case when s.funding_source is not null then s.spending_yuan end as value,
    s.is_spending_approx as is_approximate,
    s.service_date,
    s.organiser,
    s.persons,
    s.person_times,
    s.spending_yuan,
    s.load_id,
    s.file,
    s.sheet,
    s."row"
from core.service as s
where s.funding_source is null
    or exists (select 1 from core.budget as b where b.year = year(s.month) and b.funding_source = s.funding_source)
