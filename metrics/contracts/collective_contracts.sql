/*
title: 有效集体合同
meaning: 月末有效的集体合同份数，一份区域性、行业性合同逐家列名的只计一份
why: 看各类集体合同签了多少份、哪些到期要续签
caveat: 一份合同兼有几类的单列一类（如集体合同＋女职工专项）；有效期说不准的列为缺项；没有写社区、也对不上企业的，列为缺项
source: 集体合同台账
owner: 街道总工会组织部门
reviewed: 2026-11-23
unit: contract
measure: 份
kind: count
time: stock
better: none
ledgers: [contract]
*/
select
    c.contract_id as unit_id,
    coalesce(c.party, c.contract_id) as unit_name,
    c.community_id,
    c.month,
    c.park_id,
    c.kinds as contract_kind,
    c.scope as contract_scope,
    case when c.is_valid then 1 end as value,
    false as is_approximate,
    c.signed_date,
    c.term_start,
    c.term_end,
    c.load_id,
    c.file,
    c.sheet,
    c."row"
from core.contract_month as c
where c.is_valid is distinct from false
qualify row_number() over (
    partition by c.contract_id, c.month order by c.is_valid desc nulls last, c.file, c.sheet, c."row"
) = 1
