/*
title: 企业民主管理月表
meaning: >-
  每个月末每家已建会的在经营企业：有没有职代会、厂务公开、劳动争议调解委员会。自己的工会有记载的按自己的工会；
  被覆盖的企业按覆盖它的联合工会、工联会（区域、行业职代会），有一个建立即算建立。调解委员会只看企业自己的工会
columns:
  enterprise_id: 企业标识
  month: 月份
  has_own_congress: 自己的工会建立了职代会（没有自己的工会或没有记载的为空）
  has_area_congress: 覆盖它的工联会建立了区域（行业）职代会（没有对上工联会或没有记载的为空）
  has_workers_congress: 职代会建制：自己的或区域（行业）的；都不详的为空
  has_own_affairs: 自己的工会实行厂务公开
  has_area_affairs: 覆盖它的工联会实行厂务公开
  has_open_affairs: 厂务公开建制：自己的或区域的；都不详的为空
  has_mediation_committee: 企业设有劳动争议调解委员会（只看自己的工会，没有对上的为空）
unique: [enterprise_id, month]
not_null: [enterprise_id, month]
empty_without: [union_org]
*/
with linked as (
    select e.enterprise_id, e.month, e.is_own_union,
           x.is_own, u.has_workers_congress, u.has_open_affairs, u.has_mediation_committee
    from core.enterprise_month as e
    inner join core.union_enterprise as x on e.enterprise_id = x.enterprise_id and e.month = x.month
    inner join core.union_held as u on x.union_id = u.union_id and x.month = u.month and u.is_alive
    where e.is_operating and e.has_union
),

-- 几个工联会里有一个建立即算建立；没有建立而又有不详的，是不详
grouped as (
    select enterprise_id, month,
           bool_or(has_workers_congress) filter (where is_own) as has_own_congress,
           case when bool_or(has_workers_congress) filter (where not is_own) then true
               when count(*) filter (where not is_own and has_workers_congress is null) = 0
                   then bool_or(has_workers_congress) filter (where not is_own) end as has_area_congress,
           bool_or(has_open_affairs) filter (where is_own) as has_own_affairs,
           case when bool_or(has_open_affairs) filter (where not is_own) then true
               when count(*) filter (where not is_own and has_open_affairs is null) = 0
                   then bool_or(has_open_affairs) filter (where not is_own) end as has_area_affairs,
           bool_or(has_mediation_committee) filter (where is_own) as has_mediation_committee,
           bool_or(is_own_union) as is_own_union
    from linked
    group by enterprise_id, month
)

select enterprise_id, month, has_own_congress, has_area_congress,
       case
           when has_own_congress or has_area_congress then true
           -- 单独建会的企业，自己的工会说了没有才是没有
           when is_own_union then has_own_congress
           else has_area_congress
       end as has_workers_congress,
       has_own_affairs, has_area_affairs,
       case
           when has_own_affairs or has_area_affairs then true
           when is_own_union then has_own_affairs
           else has_area_affairs
       end as has_open_affairs,
       has_mediation_committee
from grouped
