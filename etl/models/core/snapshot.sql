/*
title: 登记类台账各期快照
meaning: >-
  某报送单位截至某日的一份完整名册，按所覆盖的社区展开；同一单位同一日期再次报送的，以最后一次导入为准；
  增减变动表在此前最新一份名册上增、改、减，成为当日的一份（先于同一日期的名册）；
  同一社区同一日期，社区自己的名册先于街道的名册
columns:
  ledger: 台账种类
  community_id: 覆盖的社区
  as_of: 数据截至
  unit_id: 报送单位（社区代码或 street）
  load_id: 导入批次
  snapshot_id: 快照标识，与台账各行的 snapshot_id 相对应
  row_count: 名册中属于该社区的行数
unique: [ledger, community_id, as_of]
not_null: [ledger, community_id, as_of, unit_id, load_id, snapshot_id]
*/
with newest as (
    select ledger, unit_id, as_of, max(load_no) as load_no
    from intake.sheet
    where as_of is not null and mode <> 'change'
    group by ledger, unit_id, as_of
),

sheets as (
    select s.*
    from intake.sheet as s
    inner join newest as n
        on s.ledger = n.ledger and s.unit_id = n.unit_id and s.as_of = n.as_of and s.load_no = n.load_no
    anti join intake.derived as d
        on s.ledger = d.ledger and s.unit_id = d.unit_id and s.as_of = d.as_of
    where s.mode <> 'change'
),

covered as (
    select ledger, unit_id as community_id, as_of, unit_id, load_id, load_no, load_id as snapshot_id,
           accepted + duplicates + rejected as row_count
    from sheets
    where unit_id <> 'street'
    union all
    select s.ledger, c.community_id, s.as_of, s.unit_id, s.load_id, s.load_no, s.load_id, c.row_count
    from sheets as s
    inner join intake.sheet_community as c
        on s.load_id = c.load_id and s.file = c.file and s.sheet = c.sheet
    where s.unit_id = 'street'
    union all
    select ledger, community_id, as_of, unit_id, load_id, load_no, snapshot_id, row_count
    from intake.derived
),

-- 应由街道报的可有可无的名册（阵地、队伍、制度……），街道报的就是全街道的：没有行的社区就是没有，不是未报
everywhere as (
    select * from covered
    union all
    select distinct s.ledger, c.community_id, s.as_of, s.unit_id, s.load_id, s.load_no, s.snapshot_id, 0
    from covered as s
    inner join core.ledger_kind as k on s.ledger = k.ledger
    cross join core.community as c
    where s.unit_id = 'street' and k.due_unit = 'street' and k.is_optional
    union all
    -- 一行都没有的名册（只写“无”）也是全街道的
    select s.ledger, c.community_id, s.as_of, s.unit_id, s.load_id, s.load_no, s.load_id, 0
    from sheets as s
    inner join core.ledger_kind as k on s.ledger = k.ledger
    cross join core.community as c
    where s.unit_id = 'street' and k.due_unit = 'street' and k.is_optional
),

merged as (
    select ledger, community_id, as_of, unit_id, load_id, load_no, snapshot_id, sum(row_count)::bigint as row_count
    from everywhere
    group by ledger, community_id, as_of, unit_id, load_id, load_no, snapshot_id
)

select ledger, community_id, as_of, unit_id, load_id, snapshot_id, row_count
from merged
qualify row_number() over (
    partition by ledger, community_id, as_of order by unit_id = 'street', load_no desc
) = 1
