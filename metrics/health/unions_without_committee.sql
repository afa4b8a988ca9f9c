/*
title: 委员会不健全的工会
meaning: 月末没有工会委员会（委员数为0）或没有经费审查委员会的基层工会数
why: 工会要有人办事、经费要有人审查；组建率之外看工会建得实不实
caveat: 只看独立、联合基层工会，筹建、注销、拟撤销的不计；“办理中”的经审委员会算没有；两栏都没有填、说不准的列为缺项。女职工委员会在清单里列出，不计入
source: 工会组织台账
owner: 街道总工会组织部门
reviewed: 2026-11-23
unit: union
measure: 个
kind: count
time: stock
better: lower
ledgers: [union_org]
*/
select
    u.union_id as unit_id,
    u.union_name as unit_name,
    u.community_id,
    u.month,
    u.park_id,
    u.union_type,
    case when u.committee_members = 0 or not u.has_audit_committee then 1 end as value,
    false as is_approximate,
    u.committee_members,
    case
        when u.committee_members = 0 and not u.has_audit_committee then '工会委员会、经审委员会'
        when u.committee_members = 0 then '工会委员会'
        when not u.has_audit_committee then '经审委员会'
    end as lacking,
    case when u.has_women_committee then '有' when not u.has_women_committee then '无' end as women_committee,
    u.members,
    u.load_id,
    u.file,
    u.sheet,
    u."row"
from core.union_held as u
where u.is_alive and u.is_basic
    and (
        u.committee_members = 0 or not u.has_audit_committee
        or u.committee_members is null or u.has_audit_committee is null
    )
