/*
title: 企业所属工会
meaning: >-
  每个月末每家企业属于哪些工会：先看企业名册所写的所属工会（几个都写的各一行），再看名称去掉“工会委员会”后与企业同名、
  同字号的独立工会；已被覆盖而名册没有写明、名称也对不上的，按设置取所在园区或社区唯一的工联会。只在同一社区内对应
columns:
  enterprise_id: 企业标识
  union_id: 工会标识
  month: 月份
  is_own: 是企业自己的工会（否则是覆盖它的联合工会或工联会）
  how: 对应的依据：told（名册写明）、name（工会名称与企业同名）、core（同字号）、place（所在园区、社区唯一的工联会）
unique: [enterprise_id, union_id, month]
not_null: [enterprise_id, union_id, month, is_own, how]
tests:
  企业和工会都在册: >-
    select 1 from core.union_enterprise as x
    anti join core.union_held as u on x.union_id = u.union_id and x.month = u.month
empty_without: [union_org]
*/
with owner as (
    select value as primary_owner from core.setting where key = 'primary_owner'
),

own as (
    -- 联合工会的名称去掉后缀不是企业名
    select union_id, month, community_id, regexp_replace(union_name, '(基层)?(工会委员会|工会)$', '') as of_enterprise
    from core.union_held
    where not is_federation and regexp_matches(union_name, '(工会委员会|工会)$')
),

told as (
    select distinct coalesce(a.enterprise_id, l.row_key) as enterprise_id, l.as_of,
           trim(unnest(string_split(regexp_replace(l.union_name, '[，,；;/\n]+', '、', 'g'), '、'))) as union_name
    from ledger.enterprise as l
    left join core.enterprise_alias as a on l.row_key = a.row_key
    where l.union_name is not null
),

by_told as (
    select e.enterprise_id, u.union_id, e.month, not u.is_federation as is_own
    from core.enterprise_month as e
    inner join told as t on e.enterprise_id = t.enterprise_id and e.as_of = t.as_of
    inner join core.union_held as u
        on e.month = u.month and e.community_id = u.community_id and t.union_name = u.union_name
),

by_name as (
    select e.enterprise_id, u.union_id, e.month, true as is_own
    from core.enterprise_month as e
    inner join own as u on e.month = u.month and e.community_id = u.community_id and e.enterprise = u.of_enterprise
),

-- 名称一字不差的已经对上，只有其余的要看字号
unnamed as (
    select u.*, c.core
    from own as u
    inner join core.name_core as c on u.of_enterprise = c.name
    anti join by_name as n on u.union_id = n.union_id and u.month = n.month
),

by_core as (
    select min(e.enterprise_id) as enterprise_id, u.union_id, e.month, true as is_own
    from unnamed as u
    inner join core.name_core as c on u.core = c.core
    inner join core.enterprise_month as e
        on u.month = e.month and u.community_id = e.community_id and c.name = e.enterprise
    group by u.union_id, e.month
    -- 同字号的企业不止一家，就说不准是哪一家的
    having count(*) = 1
),

found as (
    select *, 'told' as how, 1 as place from by_told
    union all
    select *, 'name', 2 from by_name
    union all
    select *, 'core', 3 from by_core
),

linked as (
    select enterprise_id, union_id, month, is_own, how
    from found
    qualify row_number() over (partition by enterprise_id, union_id, month order by place) = 1
),

placed as (
    select e.enterprise_id, e.month, e.community_id, e.park_id
    from core.enterprise_month as e
    anti join linked as l on e.enterprise_id = l.enterprise_id and e.month = l.month
    where e.is_operating and e.is_covered
),

park_federation as (
    select month, park_id, min(union_id) as union_id
    from core.union_held
    where is_alive and union_type = '4' and park_id is not null
    group by month, park_id
    having count(*) = 1
),

community_federation as (
    select month, community_id, min(union_id) as union_id
    from core.union_held
    where is_alive and union_type = '9' and community_id is not null
    group by month, community_id
    having count(*) = 1
),

by_place as (
    select p.enterprise_id, p.month,
           case when o.primary_owner = 'park' then coalesce(k.union_id, c.union_id)
               else coalesce(c.union_id, k.union_id) end as union_id
    from placed as p
    cross join owner as o
    left join park_federation as k on p.month = k.month and p.park_id = k.park_id
    left join community_federation as c on p.month = c.month and p.community_id = c.community_id
)

select enterprise_id, union_id, month, is_own, how from linked
union all
select enterprise_id, union_id, month, false, 'place'
from by_place
where union_id is not null
