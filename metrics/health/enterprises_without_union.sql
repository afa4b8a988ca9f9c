/*
title: 未建会企业数
meaning: 月末在经营、既未单独建会也未被联合工会或工联会覆盖的企业数，筹建中的在内
why: 组建攻坚的对象；建会率差在哪里
caveat: 以企业台账的建会状态为准，建会状态不详的不在内；未建会原因和计划建会时间照台账所填，没有这两栏的社区为未填写
source: 企业台账
owner: 街道总工会组织部门
reviewed: 2026-11-23
unit: enterprise
measure: 家
kind: count
time: stock
better: lower
ledgers: [enterprise]
*/
select
    u.enterprise_id as unit_id,
    u.enterprise as unit_name,
    u.uscc,
    u.community_id,
    u.month,
    u.park_id,
    u.industry,
    u.size_band,
    u.ownership,
    u.union_status,
    u.workers,
    u.address,
    u.not_formed_reason,
    u.planned_for,
    1 as value,
    u.is_workers_approx,
    false as is_approximate,
    u.load_id,
    u.file,
    u.sheet,
    u."row"
from core.unformed_month as u
