/*
title: 企业的集体合同
meaning: >-
  每个月末每家在经营的已建会企业有没有有效的集体合同：自己签订的，或区域性、行业性合同按名单列出的，
  或台账写明覆盖“工联会覆盖企业”“全部已建会企业”的（按合同所在园区或社区；区域性合同都没有写的，是全街道的）。为空的，是合同的有效期不详
columns:
  enterprise_id: 企业标识
  month: 月份
  has_general: 有有效的（综合）集体合同
  has_wage: 有有效的工资专项集体合同
  has_female: 有有效的女职工专项集体合同
  is_own_general: 其中企业自己签订的或按名单列出的
unique: [enterprise_id, month]
not_null: [enterprise_id, month]
empty_without: [contract]
*/
with unionised as (
    select enterprise_id, month, community_id, park_id, is_covered and not is_own_union as is_covered
    from core.enterprise_month
    where is_operating and has_union
),

wide as (
    select * from core.contract_month where not is_listed and covers in ('federation', 'unionised')
),

pairs as (
    select u.enterprise_id, u.month, c.kind, c.is_valid, true as is_own
    from unionised as u
    inner join core.contract_month as c on u.enterprise_id = c.enterprise_id and u.month = c.month
    union all
    select u.enterprise_id, u.month, c.kind, c.is_valid, false
    from unionised as u
    inner join wide as c on u.month = c.month and u.park_id = c.park_id
    where c.covers = 'unionised' or u.is_covered
    union all
    select u.enterprise_id, u.month, c.kind, c.is_valid, false
    from unionised as u
    inner join wide as c on u.month = c.month and u.community_id = c.community_id
    where c.park_id is null and (c.covers = 'unionised' or u.is_covered)
    union all
    select u.enterprise_id, u.month, c.kind, c.is_valid, false
    from unionised as u
    inner join wide as c on u.month = c.month and c.is_street_wide
    where c.covers = 'unionised' or u.is_covered
)

-- 有一份有效就是有；一份有效的也没有、又有说不准的，就是不详
select enterprise_id, month,
       case when bool_or(is_valid) filter (where kind = 'general') then true
           when count(*) filter (where kind = 'general' and is_valid is null) = 0 then false end as has_general,
       case when bool_or(is_valid) filter (where kind = 'wage') then true
           when count(*) filter (where kind = 'wage' and is_valid is null) = 0 then false end as has_wage,
       case when bool_or(is_valid) filter (where kind = 'female') then true
           when count(*) filter (where kind = 'female' and is_valid is null) = 0 then false end as has_female,
       coalesce(bool_or(is_valid) filter (where kind = 'general' and is_own), false) as is_own_general
from pairs
group by enterprise_id, month
