/*
title: 其他台账对到的企业
meaning: >-
  劳资纠纷、隐患线索、线上办件、服务活动、风险评分表、集体合同、经费、和谐创建等台账的每一行对到哪家企业，对不上的没有行。先按信用代码（含曾用的代码，企业在任一期名册里
  即可），再按事发当月名册里同社区唯一的同名企业，再按同社区唯一的同字号企业（写了代码而名册里另有代码的不算），
  当月名册里没有的再看其他各期名册
columns:
  ledger: 台账种类
  row_id: 台账行标识
  enterprise_id: 企业标识
  how: 对应的依据：code（代码）、name（名称）、core（字号）、name_any、core_any（其他各期名册里的名称、字号）
unique: [ledger, row_id]
not_null: [ledger, row_id, enterprise_id, how]
empty_without: read
*/
with event as (
    select 'dispute' as ledger, row_id, enterprise_uscc, enterprise_name, community_id, received_date as day
    from ledger.dispute
    union all
    select 'hazard', row_id, enterprise_uscc, enterprise_name, community_id, reported_date
    from ledger.hazard
    union all
    select 'online_request', row_id, enterprise_uscc, enterprise_name, community_id, applied_date
    from ledger.online_request
    union all
    select 'service', row_id, enterprise_uscc, enterprise_name, community_id, service_date
    from ledger.service
    union all
    select 'risk_score', row_id, enterprise_uscc, enterprise_name, community_id, fact_date
    from ledger.risk_score
    union all
    select 'contract', row_id, enterprise_uscc, enterprise_name, community_id, as_of
    from ledger.contract
    union all
    select 'dues', row_id, enterprise_uscc, enterprise_name, community_id, coalesce(dues_month, period_to)
    from ledger.dues
    union all
    select 'award', row_id, enterprise_uscc, enterprise_name, community_id, as_of
    from ledger.award
    union all
    select 'checklist', row_id, enterprise_uscc, enterprise_name, community_id, as_of
    from ledger.checklist
),

coded as (
    select *, date_trunc('month', day)::date as month,
           case length(enterprise_uscc)
               when 9 then 'org_code:' || enterprise_uscc
               when 15 then 'reg_no:' || enterprise_uscc
               else 'uscc:' || enterprise_uscc
           end as code_key
    from event
),

named as (
    select e.ledger, e.row_id, e.month, e.enterprise_name, e.community_id, e.code_key,
           coalesce(a.enterprise_id, e.code_key) as coded_id, c.core
    from coded as e
    left join core.enterprise_alias as a on e.code_key = a.row_key
    left join core.name_core as c on e.enterprise_name = c.name
),

-- 各期名册里的企业：只留其他台账可能说到的，名册再大也不必全看
listed as (
    select e.enterprise_id, e.month, e.enterprise, e.community_id, e.uscc, c.core
    from core.enterprise_month as e
    left join core.name_core as c on e.enterprise = c.name
    where e.enterprise_id in (select coded_id from named)
        or e.enterprise in (select enterprise_name from named)
        or c.core in (select core from named)
),

by_code as (
    select distinct n.ledger, n.row_id, l.enterprise_id
    from named as n
    inner join listed as l on n.coded_id = l.enterprise_id
),

by_name as (
    select n.ledger, n.row_id, min(l.enterprise_id) as enterprise_id
    from named as n
    inner join listed as l
        on n.enterprise_name = l.enterprise and n.community_id = l.community_id and n.month = l.month
    group by n.ledger, n.row_id
    having count(*) = 1
),

by_core as (
    select n.ledger, n.row_id, min(l.enterprise_id) as enterprise_id
    from named as n
    inner join listed as l on n.core = l.core and n.community_id = l.community_id and n.month = l.month
    group by n.ledger, n.row_id
    -- 两边都有代码而不同的，字号相同也不是一家
    having count(*) = 1 and not bool_or(n.code_key is not null and l.uscc is not null)
),

by_name_any as (
    select n.ledger, n.row_id, min(l.enterprise_id) as enterprise_id
    from named as n
    inner join listed as l on n.enterprise_name = l.enterprise and n.community_id = l.community_id
    group by n.ledger, n.row_id
    having count(distinct l.enterprise_id) = 1
),

by_core_any as (
    select n.ledger, n.row_id, min(l.enterprise_id) as enterprise_id
    from named as n
    inner join listed as l on n.core = l.core and n.community_id = l.community_id
    group by n.ledger, n.row_id
    having count(distinct l.enterprise_id) = 1 and not bool_or(n.code_key is not null and l.uscc is not null)
),

found as (
    select ledger, row_id, enterprise_id, 'code' as how, 1 as place from by_code
    union all
    select ledger, row_id, enterprise_id, 'name', 2 from by_name
    union all
    select ledger, row_id, enterprise_id, 'core', 3 from by_core
    union all
    select ledger, row_id, enterprise_id, 'name_any', 4 from by_name_any
    union all
    select ledger, row_id, enterprise_id, 'core_any', 5 from by_core_any
)

select ledger, row_id, enterprise_id, how
from found
qualify row_number() over (partition by ledger, row_id order by place) = 1
