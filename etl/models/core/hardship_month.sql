/*
title: 困难职工月表
meaning: >-
  每个社区、每类困难每月的人数：月末在档，当月建档、退出。只有人数，没有个人；建档和退出分开计数。
  在档人数取当月所依据的档案（沿用的月份同上一期）；建档、退出取能看见当月的第一份档案，
  只看档案截至日当年（往年退出的人已不在档案里），更早的月份不知道
columns:
  count_id: 标识（社区、困难类别）
  month: 月份
  community_id: 社区代码（档案未写明社区的为空）
  hardship_tier: 困难类别
  on_file: 月末在档人数（当月没有档案可依据的为空）
  entered: 当月建档人数（看不见的月份为空）
  is_untold: 这一行只说档案里有人的建档月份不详，记在档案截至月，不带人数
  has_left: 当月脱困、退出人数（看不见的月份为空）
  load_id: 导入批次
  file: 来源文件
  sheet: 来源工作表
  row: 来源表的表头行（不写到个人的行）
unique: [count_id, month]
not_null: [count_id, month, hardship_tier]
tests:
  人数不丢: >-
    select 1
    from (select community_id, month, sum(on_file) as persons from core.hardship_month group by all) as h
    inner join core.report as r
        on r.ledger = 'hardship' and h.community_id = r.community_id and h.month = r.month and r.state = 'received'
    inner join (
        select unit_id, as_of, snapshot_id, community_id, sum(persons) as persons
        from ledger.hardship where what = 'on_file' group by all
    ) as l on r.unit_id = l.unit_id and r.as_of = l.as_of and r.snapshot_id = l.snapshot_id
        and h.community_id = l.community_id
    where h.persons <> l.persons
*/
with tiers as (
    select code as tier from core.code where list = 'hardship_tier'
),

seen as (
    -- 每个社区每月：在档依据哪一份，建档、退出看哪一份
    select r.community_id, r.month, r.holds, r.unit_id, r.as_of, r.snapshot_id,
           s.unit_id as seen_unit_id, s.as_of as seen_as_of, s.snapshot_id as seen_snapshot_id
    from core.report as r
    left join core.snapshot as s
        on r.ledger = s.ledger and r.community_id = s.community_id and r.shows_as_of = s.as_of
        and year(r.month) = year(s.as_of)
    where r.ledger = 'hardship' and (r.holds or s.snapshot_id is not null)
),

counted as (
    select snapshot_id, unit_id, as_of, community_id, tier, what, month, sum(persons) as persons
    from ledger.hardship
    group by snapshot_id, unit_id, as_of, community_id, tier, what, month
),

place as (
    select snapshot_id, unit_id, as_of, min(load_id) as load_id, min(file) as file, min(sheet) as sheet, min("row") as "row"
    from ledger.hardship
    group by snapshot_id, unit_id, as_of
),

placed as (
    select s.community_id, s.month, t.tier as hardship_tier,
           -- 有档案而没有这一类人的，就是0人
           case when s.holds then coalesce(o.persons, 0) end as on_file,
           case when s.seen_snapshot_id is not null then coalesce(e.persons, 0) end as entered,
           case when s.seen_snapshot_id is not null then coalesce(l.persons, 0) end as has_left,
           coalesce(s.snapshot_id, s.seen_snapshot_id) as snapshot_id, coalesce(s.unit_id, s.seen_unit_id) as unit_id,
           coalesce(s.as_of, s.seen_as_of) as as_of
    from seen as s
    cross join tiers as t
    left join counted as o
        on o.what = 'on_file' and s.snapshot_id = o.snapshot_id and s.unit_id = o.unit_id and s.as_of = o.as_of
        and s.community_id = o.community_id and t.tier = o.tier
    left join counted as e
        on e.what = 'entered' and s.seen_snapshot_id = e.snapshot_id and s.seen_unit_id = e.unit_id
        and s.seen_as_of = e.as_of and s.community_id = e.community_id and t.tier = e.tier and s.month = e.month
    left join counted as l
        on l.what = 'left' and s.seen_snapshot_id = l.snapshot_id and s.seen_unit_id = l.unit_id
        and s.seen_as_of = l.as_of and s.community_id = l.community_id and t.tier = l.tier and s.month = l.month
),

streets as (
    select distinct month, snapshot_id, unit_id, as_of from seen where holds and unit_id = 'street'
),

unplaced as (
    -- 没有写明社区的在档人数，列为缺项
    select null::varchar as community_id, s.month, o.tier as hardship_tier, o.persons as on_file,
           null as entered, null as has_left, s.snapshot_id, s.unit_id, s.as_of
    from streets as s
    inner join counted as o
        on o.what = 'on_file' and s.snapshot_id = o.snapshot_id and s.unit_id = o.unit_id and s.as_of = o.as_of
    where o.community_id is null
),

untold as (
    -- 档案里有人没有写明建档月份（“年初”、只写年份、空着）：当年的建档数不完整，列为缺项
    select s.community_id, s.month, e.tier as hardship_tier, s.seen_snapshot_id as snapshot_id,
           s.seen_unit_id as unit_id, s.seen_as_of as as_of
    from seen as s
    inner join counted as e
        on e.what = 'entered_untold' and s.seen_snapshot_id = e.snapshot_id and s.seen_unit_id = e.unit_id
        and s.seen_as_of = e.as_of and s.community_id = e.community_id
    where s.month = date_trunc('month', s.seen_as_of)
    -- 年中、年末两份档案说的多半是同一个人，一年只列一次
    qualify row_number() over (partition by s.community_id, e.tier, year(s.month) order by s.month) = 1
)

select coalesce(c.community_id, c.snapshot_id) || '|' || c.hardship_tier || case when c.is_untold then '|建档月份不详' else '' end as count_id,
       c.month, c.community_id, c.hardship_tier, c.on_file, c.entered, c.is_untold, c.has_left, p.load_id, p.file, p.sheet, p."row"
from (
    select *, false as is_untold from placed
    union all
    select *, false as is_untold from unplaced
    union all by name
    select *, true as is_untold from untold
) as c
left join place as p on c.snapshot_id = p.snapshot_id and c.unit_id = p.unit_id and c.as_of = p.as_of
