/*
title: 辖区企业数
meaning: 月末在册且在经营的企业数；停业和状态空白的计入，注销、吊销、迁出、空壳的不计（街道可另行设置）
why: 建会率、入会率的分母，也是组建工作的底数
caveat: 以各社区企业台账为准，同一企业在两处登记只计一家；经营状态空白的企业计入并提示核实
source: 企业台账
owner: 街道总工会组织部门
reviewed: 2026-11-22
unit: enterprise
measure: 家
kind: count
time: stock
better: none
ledgers: [enterprise]
*/
select
    e.enterprise_id as unit_id,
    e.enterprise as unit_name,
    e.community_id,
    e.month,
    e.park_id,
    e.industry,
    e.size_band,
    e.ownership,
    e.union_status,
    1 as value,
    false as is_approximate,
    e.workers,
    e.members,
    e.lon,
    e.lat,
    e.located_by,
    e.load_id,
    e.file,
    e.sheet,
    e."row"
from core.enterprise_month as e
where e.is_operating
