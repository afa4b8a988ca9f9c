/*
title: 会员月表
meaning: >-
  每个工会每个月末的在册会员数、实名认证会员数和当月新发展会员数，由会员名册逐人的入会、离会、认证时间推算；只有合计，没有个人。
  同一人同时在几个工会名册里的，只计入最后加入的一个；名册截至日以前的月份取能看见当月的第一份名册，以后的月份沿用最近一份
columns:
  union_id: 工会标识（社区代码与工会名称；没写工会的用人单位代替）
  month: 月份
  union_name: 工会名称
  community_id: 社区代码
  members: 月末在册会员数（人）；入会时间不详的从名册截至当月起计
  verified: 月末已实名认证的在册会员数（人）；名册没有认证栏的为空
  joined: 当月新发展会员数（人）；换工会的人只在第一次入会时计
  is_verifiable: 当月已开始实名认证
  load_id: 导入批次
  file: 来源文件
  sheet: 来源工作表
  row: 该工会在名册中的第一行（Excel 行号，CSV 为物理行号）
unique: [union_id, month]
not_null: [union_id, month, members, joined, is_verifiable, load_id, file, sheet, row]
tests:
  已认证的不多于在册: select 1 from core.member_month where verified > members
  每人只算一次: >-
    with newest as (
        select max(month) as month from core.report where ledger = 'member' and state = 'received'
    ),
    persons as (
        select count(distinct l.identity_hash) as persons
        from newest as n
        inner join core.report as r on r.ledger = 'member' and r.month = n.month and r.holds
        inner join core.snapshot as s
            on s.ledger = 'member' and s.community_id = r.community_id and s.as_of = coalesce(r.shows_as_of, r.as_of)
        inner join ledger.member as l
            on s.snapshot_id = l.snapshot_id and s.unit_id = l.unit_id and s.as_of = l.as_of
            and (s.unit_id <> 'street' or l.community_id = s.community_id or l.community_id is null)
    )
    select 1 from persons, newest
    where persons < (select sum(m.members) from core.member_month as m where m.month = newest.month)
empty_without: [member]
*/
-- 名册里的人数以万计、月份以百计：没有争议的人按工会汇总成各月增减再累加，只对在几处登记的人逐月排先后
with basis as (
    select distinct r.month, s.snapshot_id, s.unit_id, s.as_of, s.community_id
    from core.report as r
    inner join core.snapshot as s
        on s.ledger = 'member' and r.community_id = s.community_id and s.as_of = coalesce(r.shows_as_of, r.as_of)
    where r.ledger = 'member'
),

used as (
    select distinct snapshot_id, unit_id, as_of from basis
),

told as (
    -- 名册有认证栏（有人填了）的，空白就是未认证：各处的名册只给已认证的打勾
    select snapshot_id, file, sheet, bool_or(is_verified is not null or verified_date is not null) as tells_verified
    from ledger.member
    group by snapshot_id, file, sheet
),

read as (
    select l.row_id, l.identity_hash as person, l.snapshot_id, l.unit_id, l.as_of, l.community_id, l.load_id,
           l.file, l.sheet, l."row", t.tells_verified,
           coalesce(l.union_name, l.employer, '未写明工会') as union_name,
           -- 会籍状态空白的，在名册上就是会员
           coalesce(l.status in ('transferred', 'left', 'lapsed', 'deceased'), false) as says_gone,
           date_trunc('month', l.as_of)::date as as_of_month,
           coalesce(l.joined_date, case when l.status in ('active', 'retained') then l.changed_date end) as joined_date,
           case when l.joined_date is null then l.changed_date_precision else l.joined_date_precision end as joined_precision,
           coalesce(l.left_date, case when says_gone then l.changed_date end) as left_date,
           l.is_verified, l.verified_date
    from ledger.member as l
    inner join used as u on l.snapshot_id = u.snapshot_id and l.unit_id = u.unit_id and l.as_of = u.as_of
    inner join told as t on l.snapshot_id = t.snapshot_id and l.file = t.file and l.sheet = t.sheet
),

dated as (
    select *,
           coalesce(community_id, '-') || '|' || regexp_replace(union_name, '[\s（）()]', '', 'g') as union_id,
           -- 只写到年份的，当年12月才一定已入会
           case when joined_precision = 'year' then date_trunc('year', joined_date)::date + interval 11 month
                else date_trunc('month', joined_date) end::date as joined_month,
           date_trunc('month', left_date)::date as left_month,
           case when verified_date is not null then date_trunc('month', verified_date)::date
                when is_verified then as_of_month end as verified_month
    from read
),

spans as (
    -- 已离会而没写时间的，不知道离会前是哪几个月，都不计
    select *,
           case when not says_gone or left_month is not null then coalesce(joined_month, as_of_month) end as from_month,
           coalesce(left_month, date '9999-01-01') as until_month,
           case when joined_precision in ('day', 'month') then joined_month end as new_month
    from dated
),

unions as (
    select snapshot_id, unit_id, as_of, community_id, union_id, min_by(union_name, row_id) as union_name,
           min_by(load_id, row_id) as load_id, min_by(file, row_id) as file, min_by(sheet, row_id) as sheet,
           min_by("row", row_id) as "row", bool_and(tells_verified) as tells_verified
    from spans
    group by snapshot_id, unit_id, as_of, community_id, union_id
),

held as (
    select distinct g.snapshot_id, g.unit_id, g.as_of, g.union_id, b.month
    from unions as g
    inner join basis as b
        on g.snapshot_id = b.snapshot_id and g.unit_id = b.unit_id and g.as_of = b.as_of
        and (g.unit_id <> 'street' or g.community_id = b.community_id or g.community_id is null)
),

contested as (
    select person
    from spans
    group by person
    having count(distinct union_id) > 1 or count(*) > count(distinct snapshot_id || unit_id || as_of::varchar)
),

alone as (
    select s.*
    from spans as s
    anti join contested as c on s.person = c.person
),

changes as (
    select snapshot_id, unit_id, as_of, union_id, from_month as month, count(*) as members, 0 as verified, 0 as joined
    from alone where from_month < until_month group by all
    union all
    select snapshot_id, unit_id, as_of, union_id, until_month, -count(*), 0, 0
    from alone where from_month < until_month group by all
    union all
    select snapshot_id, unit_id, as_of, union_id, greatest(from_month, verified_month), 0, count(*), 0
    from alone where from_month < until_month and verified_month < until_month group by all
    union all
    select snapshot_id, unit_id, as_of, union_id, until_month, 0, -count(*), 0
    from alone where from_month < until_month and verified_month < until_month group by all
    union all
    select snapshot_id, unit_id, as_of, union_id, new_month, 0, 0, count(*)
    from alone where new_month is not null group by all
),

monthly as (
    select snapshot_id, unit_id, as_of, union_id, month,
           sum(members) as members, sum(verified) as verified, sum(joined) as joined
    from changes
    group by snapshot_id, unit_id, as_of, union_id, month
),

of_the_rest as (
    select h.snapshot_id, h.unit_id, h.as_of, h.union_id, h.month, sum(m.members) as members, sum(m.verified) as verified,
           -- 当月没有人入会就是0
           coalesce(sum(m.joined) filter (where m.month = h.month), 0) as joined
    from held as h
    inner join monthly as m
        on h.snapshot_id = m.snapshot_id and h.unit_id = m.unit_id and h.as_of = m.as_of and h.union_id = m.union_id
        and m.month <= h.month
    group by h.snapshot_id, h.unit_id, h.as_of, h.union_id, h.month
),

several as (
    select s.*, h.month,
           s.from_month <= h.month and h.month < s.until_month as is_member,
           s.joined_date = min(s.joined_date) over (partition by s.person) as is_first
    from spans as s
    inner join contested as t on s.person = t.person
    inner join held as h
        on s.snapshot_id = h.snapshot_id and s.unit_id = h.unit_id and s.as_of = h.as_of and s.union_id = h.union_id
    where s.from_month is not null
),

placed as (
    select s.*,
           row_number() over (
               partition by s.person, s.month, s.is_member
               order by s.joined_date desc nulls last, s.as_of desc, s.unit_id = 'street', c.official_order nulls last, s.row_id
           ) = 1 as is_last,
           row_number() over (
               partition by s.person, s.new_month = s.month and s.is_first
               order by s.month, s.as_of, c.official_order nulls last, s.row_id
           ) = 1 as is_once
    from several as s
    left join core.community as c on s.community_id = c.community_id
),

of_several as (
    select snapshot_id, unit_id, as_of, union_id, month, count(*) filter (where is_member and is_last) as members,
           count(*) filter (where is_member and is_last and verified_month <= month) as verified,
           count(*) filter (where new_month = month and is_first and is_once) as joined
    from placed
    group by snapshot_id, unit_id, as_of, union_id, month
),

all_of_them as (
    select * from of_the_rest
    union all
    select * from of_several
),

programme as (
    select coalesce(
        (select (nullif(value, 'null') || '-01')::date from core.setting where key = 'verified_since'),
        (select min(verified_month) from spans)
    ) as since
)

select b.union_id, b.month, min_by(g.union_name, b.as_of) as union_name, min_by(g.community_id, b.as_of) as community_id,
       sum(b.members)::bigint as members,
       case when bool_and(g.tells_verified) then sum(b.verified)::bigint end as verified,
       sum(b.joined)::bigint as joined,
       -- 没有设置、名册里也没有认证日期的，谈不上已开始
       coalesce(b.month >= p.since, false) as is_verifiable,
       min_by(g.load_id, b.as_of) as load_id, min_by(g.file, b.as_of) as file, min_by(g.sheet, b.as_of) as sheet,
       min_by(g."row", b.as_of) as "row"
from all_of_them as b
inner join unions as g
    on b.snapshot_id = g.snapshot_id and b.unit_id = g.unit_id and b.as_of = g.as_of and b.union_id = g.union_id
cross join programme as p
group by b.union_id, b.month, p.since
having sum(b.members) > 0 or sum(b.joined) > 0
