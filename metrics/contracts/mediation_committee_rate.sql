/*
title: 劳动争议调解委员会组建率
meaning: 设有劳动争议调解委员会的企业数 ÷ 已建会且职工达到100人的企业数
why: 规模企业的纠纷先在企业内部调解，少出厂门
caveat: 人数标准是一项设置，默认100人；只看企业自己的工会在工会组织台账里的记载，“办理中”不算设立。没有单独建会、台账没有填这一栏的，不知道有没有设，不计入，列为缺项；职工数不详的同样列为缺项
source: 工会组织台账、企业台账
owner: 街道总工会组织部门
reviewed: 2026-11-23
unit: enterprise
measure: 家
kind: proportion
over: units
time: stock
better: higher
ledgers: [enterprise, union_org]
universe: enterprise
left_out: 未建会，或职工不足规定人数
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
    e.union_status,
    case when e.has_union and e.workers >= s.least then c.has_mediation_committee::integer end as value,
    false as is_approximate,
    e.load_id,
    e.file,
    e.sheet,
    e."row"
from core.enterprise_month as e
left join core.democracy_month as c on e.enterprise_id = c.enterprise_id and e.month = c.month
cross join least as s
where e.is_operating and e.has_union is distinct from false
    and (e.workers >= s.least or e.workers is null)
