/*
title: 企业风险等级
meaning: >-
  每种评分办法、每家有有效事实（或有效复核）的企业、每个月末一行；没有事实的企业没有行。
  事实到期即降级；人工复核自复核月份起有效，到期、有新的事实或所复核的评分变了即失效
columns:
  scheme: 评分办法
  enterprise_id: 企业标识
  enterprise: 企业名称
  community_id: 社区代码
  month: 月份
  score: 评分：各条分值之和（不计分的办法为空）
  level: 风险等级（复核后）
  severity: 风险等级的轻重（0最轻）
  scored_level: 按事实评定的等级（复核前）
  review_month: 复核自哪个月起（未复核或复核已失效的为空）
  reviewed_on: 复核日期
  review_reason: 复核理由
  expires_on: 有效期至：此后没有新的事实即降级（最轻一级的为空）
  is_effective: 当月采用的评分办法
  load_id: 最重一条事实的导入批次
  file: 最重一条事实的文件
  sheet: 最重一条事实的工作表
  row: 最重一条事实的行号
unique: [scheme, enterprise_id, month]
not_null: [scheme, enterprise_id, month, level, severity, scored_level, is_effective, load_id, file, sheet, row]
tests:
  评分等于各条之和: >-
    select w.enterprise_id from core.warning_level as w
    inner join core.warning_scheme as s on w.scheme = s.scheme and s.is_scored
    left join (
        select scheme, enterprise_id, month, sum(points) as points from core.warning_standing where is_counted group by all
    ) as p on w.scheme = p.scheme and w.enterprise_id = p.enterprise_id and w.month = p.month
    where w.score <> coalesce(p.points, 0)
  等级在办法之内: >-
    select w.enterprise_id from core.warning_level as w
    anti join core.warning_scheme_level as l on w.scheme = l.scheme and w.level = l.level
empty_without: [dispute, hazard, online_request, risk_score]
*/
with setting as (
    select cast(value as integer) as level_days from core.setting where key = 'level_days'
),

-- 评分只在某项事实到期时改变：逐个到期日看，到那天为止还有多少分；附加的（如无工会）不到期
day as (
    select distinct scheme, enterprise_id, month, valid_to as day
    from core.warning_standing
    where not only_with_others
),

item_day as (
    select d.scheme, d.enterprise_id, d.month, d.day, s.item,
           max(s.points) as points, max(s.severity) as severity
    from day as d
    inner join core.warning_standing as s
        on d.scheme = s.scheme and d.enterprise_id = s.enterprise_id and d.month = s.month
        and (s.valid_to >= d.day or s.only_with_others)
    group by d.scheme, d.enterprise_id, d.month, d.day, s.item
),

score_day as (
    select scheme, enterprise_id, month, day, sum(points) as score, max(severity) as rule_severity
    from item_day
    group by scheme, enterprise_id, month, day
),

level_day as (
    select d.scheme, d.enterprise_id, d.month, d.day, d.score,
           -- 计分的办法看分数线，不计分的看最重的一条
           coalesce(max(l.severity), d.rule_severity) as severity
    from score_day as d
    left join core.warning_scheme_level as l on d.scheme = l.scheme and l.at_least <= d.score
    group by d.scheme, d.enterprise_id, d.month, d.day, d.score, d.rule_severity
),

graded as (
    select scheme, enterprise_id, month, score, severity,
           max(day) over (partition by scheme, enterprise_id, month, severity) as expires_on
    from level_day
    qualify row_number() over (partition by scheme, enterprise_id, month order by day) = 1
),

heaviest as (
    select scheme, enterprise_id, month, community_id, load_id, file, sheet, "row"
    from core.warning_standing
    where is_counted
    qualify row_number() over (
        partition by scheme, enterprise_id, month
        order by points desc nulls last, severity desc nulls last, fact_date desc, rule_order
    ) = 1
),

-- 复核：只对当月采用的办法；所复核的评分和等级须与现在算出的一致
reviewed as (
    select r.scheme, g.enterprise_id, r.month as review_month, last_day(r.month) as since,
           (last_day(r.month) + s.level_days)::date as until, r.level, r.reason, r.reviewed_on,
           h.community_id, h.load_id, h.file, h.sheet, h."row"
    from core.level_review as r
    cross join setting as s
    -- 复核之后企业换了代码的，跟着企业走
    left join core.enterprise_alias as a on r.enterprise_id = a.row_key
    inner join graded as g
        on r.scheme = g.scheme and coalesce(a.enterprise_id, r.enterprise_id) = g.enterprise_id and r.month = g.month
    inner join core.warning_scheme_level as l
        on g.scheme = l.scheme and g.severity = l.severity and r.scored_level = l.level
    inner join core.warning_scheme_level as n on r.scheme = n.scheme and r.level = n.level
    inner join heaviest as h on g.scheme = h.scheme and g.enterprise_id = h.enterprise_id and g.month = h.month
    where r.score is not distinct from g.score
),

in_force as (
    select r.*, m.month
    from reviewed as r
    inner join core.warning_month as m
        on m.month >= r.review_month and m.month_end <= r.until and m.scheme = r.scheme
    -- 有新的事实，复核即失效
    where not exists (
        select 1 from core.warning_hit as f
        where f.scheme = r.scheme and f.enterprise_id = r.enterprise_id and not f.only_with_others
            and f.fact_date > r.since and f.fact_date <= m.month_end
    )
    qualify row_number() over (
        partition by r.scheme, r.enterprise_id, m.month order by r.review_month desc, r.reviewed_on desc, r.level, r.reason
    ) = 1
),

merged as (
    select coalesce(g.scheme, r.scheme) as scheme, coalesce(g.enterprise_id, r.enterprise_id) as enterprise_id,
           coalesce(g.month, r.month) as month, g.score, g.severity, g.expires_on,
           coalesce(h.community_id, r.community_id) as community_id, coalesce(h.load_id, r.load_id) as load_id,
           coalesce(h.file, r.file) as file, coalesce(h.sheet, r.sheet) as sheet, coalesce(h."row", r."row") as "row",
           r.level as review_level, r.reason, r.review_month, r.reviewed_on, r.until
    from graded as g
    inner join heaviest as h on g.scheme = h.scheme and g.enterprise_id = h.enterprise_id and g.month = h.month
    full join in_force as r on g.scheme = r.scheme and g.enterprise_id = r.enterprise_id and g.month = r.month
),

named as (
    select m.*, c.is_scored, a.level as scored_level, coalesce(m.review_level, a.level) as level
    from merged as m
    inner join core.warning_scheme as c on m.scheme = c.scheme
    -- 复核仍有效而事实都已到期的，按事实评定是最轻一级
    inner join core.warning_scheme_level as a on m.scheme = a.scheme and a.severity = coalesce(m.severity, 0)
),

-- 名册里的名称和社区；当月不在册的，取最近一次在册的
place as (
    select n.scheme, n.enterprise_id, n.month, e.enterprise, e.community_id
    from named as n
    inner join core.enterprise_month as e on n.enterprise_id = e.enterprise_id and n.month = e.month
),

last_place as (
    select e.enterprise_id, max_by(e.enterprise, e.month) as enterprise
    from core.enterprise_month as e
    where e.enterprise_id in (select enterprise_id from named)
    group by e.enterprise_id
)

select n.scheme, n.enterprise_id, coalesce(p.enterprise, q.enterprise) as enterprise,
       coalesce(p.community_id, n.community_id) as community_id, n.month,
       -- 事实都已到期，各条之和是0
       case when n.is_scored then coalesce(n.score, 0) end as score,
       n.level, l.severity, n.scored_level, n.review_month, n.reviewed_on, n.reason as review_reason,
       case when l.severity = 0 then null when n.review_level is not null then n.until else n.expires_on end as expires_on,
       f.scheme is not null as is_effective,
       n.load_id, n.file, n.sheet, n."row"
from named as n
inner join core.warning_scheme_level as l on n.scheme = l.scheme and n.level = l.level
left join place as p on n.scheme = p.scheme and n.enterprise_id = p.enterprise_id and n.month = p.month
left join last_place as q on n.enterprise_id = q.enterprise_id
left join core.warning_month as f on n.scheme = f.scheme and n.month = f.month
order by n.scheme, n.month
