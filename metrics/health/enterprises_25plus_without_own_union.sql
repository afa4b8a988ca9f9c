/*
title: 会员25人以上未单独建会的企业
meaning: 月末会员达到25人、没有单独建会的在经营企业数
why: 会员二十五人以上的应当建立基层工会委员会（工会法第十一条）
caveat: 人数标准是一项设置，默认25人；会员数不详而职工数达到标准（或不详）的已覆盖企业说不准，列为缺项；会员数填“约”的按所填数归类
source: 企业台账；工会法第十一条
owner: 街道总工会组织部门
reviewed: 2026-11-23
unit: enterprise
measure: 家
kind: count
time: stock
better: lower
ledgers: [enterprise]
*/
with least as (
    select cast(value as integer) as least from core.setting where key = 'own_union_members'
)

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
    case when e.members >= s.least and e.has_union is not null then 1 end as value,
    false as is_approximate,
    e.workers,
    e.members,
    e.load_id,
    e.file,
    e.sheet,
    e."row"
from core.enterprise_month as e
cross join least as s
where e.is_operating and not e.is_own_union
    and (e.members >= s.least or (e.members is null and e.has_union is distinct from false and coalesce(e.workers >= s.least, true)))
