/*
title: 百人以上未设劳动争议调解委员会的企业
meaning: 月末职工达到100人、已建会而没有劳动争议调解委员会的在经营企业数
why: 规模企业应设劳动争议调解委员会，纠纷先在企业内部调解
caveat: 人数标准是一项设置，默认100人；只看企业自己的工会在工会组织台账里的记载，“办理中”算还没有设。没有单独建会、没有填这一栏、职工数不详的说不准，列为缺项；职工数填“约”的按所填数归类
source: 企业台账、工会组织台账
owner: 街道总工会组织部门
reviewed: 2026-11-23
unit: enterprise
measure: 家
kind: count
time: stock
better: lower
ledgers: [enterprise, union_org]
*/
with least as (
    select cast(value as integer) as least from core.setting where key = 'mediation_workers'
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
    case when not c.has_mediation_committee and e.workers >= s.least then 1 end as value,
    false as is_approximate,
    e.workers,
    e.load_id,
    e.file,
    e.sheet,
    e."row"
from core.enterprise_month as e
left join core.democracy_month as c on e.enterprise_id = c.enterprise_id and e.month = c.month
cross join least as s
where e.is_operating and e.has_union and c.has_mediation_committee is distinct from true
    and (e.workers >= s.least or e.workers is null)
