/*
title: 会员名册与企业台账、工会组织台账的会员数不一致
meaning: 同一社区、同一独立工会几处报的会员数之差；会员人数以企业台账为准，请核对是哪一处没有更新
severity: soft
ledger: member
*/
with newest as (
    select max(month) as month
    from core.report
    where ledger = 'member' and state = 'received'
),

roster as (
    select m.*, regexp_replace(m.union_name, '[\s（）()]', '', 'g') as union_key
    from core.member_month as m
    inner join newest as n on m.month = n.month
),

enterprise as (
    select e.community_id, e.enterprise, e.members, e.is_own_union
    from core.enterprise_month as e
    inner join newest as n on e.month = n.month
    where e.is_operating and e.members is not null
),

registered as (
    select u.community_id, u.members, regexp_replace(u.union_name, '[\s（）()]', '', 'g') as union_key
    from core.union_month as u
    inner join newest as n on u.month = n.month
    where u.union_type = '1' and u.members is not null
),

by_community as (
    select r.community_id, c.community as subject, r.members as in_roster, e.members as in_enterprises
    from (select community_id, sum(members) as members from roster group by community_id) as r
    inner join (select community_id, sum(members) as members from enterprise group by community_id) as e
        on r.community_id = e.community_id
    inner join core.community as c on r.community_id = c.community_id
),

by_union as (
    select r.community_id, r.union_name as subject, r.members as in_roster, max(e.members) as in_enterprises,
           max(u.members) as in_unions, r.load_id, r.file, r.sheet, r."row"
    from roster as r
    left join enterprise as e
        on r.community_id = e.community_id and e.is_own_union and starts_with(r.union_name, e.enterprise)
    left join registered as u on r.community_id = u.community_id and r.union_key = u.union_key
    group by r.community_id, r.union_name, r.members, r.load_id, r.file, r.sheet, r."row"
)

select community_id, subject,
       '会员名册' || in_roster::varchar || '人，企业台账' || in_enterprises::varchar || '人，相差'
       || abs(in_roster - in_enterprises)::varchar || '人' as detail,
       null::varchar as load_id, null::varchar as file, null::varchar as sheet, null::integer as "row"
from by_community
where in_roster <> in_enterprises
union all
-- 个别工会差几个人是常事，相差一成以上且超过5人才列出
select community_id, subject,
       concat('会员名册', in_roster::varchar, '人', '，企业台账' || in_enterprises::varchar || '人',
              '，工会组织台账' || in_unions::varchar || '人') as detail,
       load_id, file, sheet, "row"
from by_union
where (abs(in_roster - in_enterprises) > 5 and abs(in_roster - in_enterprises) > 0.1 * in_enterprises)
    or (abs(in_roster - in_unions) > 5 and abs(in_roster - in_unions) > 0.1 * in_unions)
