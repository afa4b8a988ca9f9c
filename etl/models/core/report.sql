/*
title: 报送情况
meaning: >-
  每种台账、每个社区、每个月：是否应报，是否已报，能不能据以作答。holds 指当月（末）可读，
  shows 指当月发生的事（如建会日期）可见：登记类台账要有一份截至日不早于当月末的名册。
  逐行写明起止日期的名册（会员名册）能看见的月份也可读；可有可无的台账从街道报送第一份起才应报。
  应报而勾选了“零报告”的事件类台账，当月没有报送其他内容的，为零报告
columns:
  ledger: 台账种类
  community_id: 社区
  month: 月份
  is_due: 当月是否应报
  state: 已报 received、零报告 nil、沿用上期 carried、未报 missing
  as_of: 所依据的名册截至日（事件类台账为空）
  unit_id: 所依据的报送单位
  load_id: 所依据的导入批次（事件类台账为空）
  snapshot_id: 所依据的快照（事件类台账为空）
  holds: 当月可据以作答
  shows: 当月发生的事可见
  shows_as_of: 能看见当月所发生的事的第一份名册的截至日
  due_on: 报送期限：期末后若干天，遇休息日顺延到下一个工作日（不应报的为空）
  first_received_on: 第一次收到当月这份报送的日期（沿用和未报的为空）
  last_received_on: 最近一次收到的日期
  times: 报送过几次（有效的导入批次；只勾选了零报告的为0）
unique: [ledger, community_id, month]
not_null: [ledger, community_id, month, is_due, state, holds, shows, times]
tests:
  due_on: select * from core.report where is_due <> (due_on is not null)
  received: select * from core.report where (state in ('received', 'nil')) <> (first_received_on is not null)
*/
with first_sent as (
    select ledger, min(date_trunc('month', coalesce(as_of, period_from)))::date as month
    from intake.sheet
    where ledger is not null
    group by ledger
),

worked as (
    -- 期限遇休息日的，顺延到下一个工作日
    select date, min(date) filter (where is_working) over (order by date desc) as next_working_day
    from core.calendar_day
),

grid as (
    select k.ledger, k.mode, k.by_days, k.carry_months, k.is_dated, c.community_id, m.month, m.month_end,
           case k.due_every
               when 'month' then true
               when 'half_year' then month(m.month) in (6, 12)
               when 'year' then month(m.month) = 12
               else false
           end
           -- 从未报送过的，没有哪个月应报
           and (not k.is_optional or coalesce(m.month >= f.month, false)) as is_due
    from core.ledger_kind as k
    cross join core.month as m
    inner join core.community_month as c on m.month = c.month
    left join first_sent as f on k.ledger = f.ledger
),

held as (
    select g.ledger, g.community_id, g.month, max(s.as_of) as as_of
    from grid as g
    inner join core.snapshot as s
        on g.ledger = s.ledger and g.community_id = s.community_id and s.as_of <= g.month_end
        and (
            g.carry_months is null
            or date_diff('month', date_trunc('month', s.as_of)::date, g.month) <= g.carry_months
        )
    where g.mode = 'register'
    group by g.ledger, g.community_id, g.month
),

shown as (
    select g.ledger, g.community_id, g.month, min(s.as_of) as as_of
    from grid as g
    inner join core.snapshot as s
        on g.ledger = s.ledger and g.community_id = s.community_id and s.as_of >= g.month_end
    where g.mode = 'register'
    group by g.ledger, g.community_id, g.month
),

events as (
    -- 有行而全部未通过校验的，不是零报告
    select s.ledger, s.unit_id as community_id, s.period_from, s.period_to,
           s.accepted + s.duplicates + s.rejected as row_count
    from intake.sheet as s
    where s.period_from is not null and s.unit_id <> 'street'
    union all
    select s.ledger, c.community_id, s.period_from, s.period_to, c.row_count
    from intake.sheet as s
    inner join intake.sheet_community as c
        on s.load_id = c.load_id and s.file = c.file and s.sheet = c.sheet
    where s.period_from is not null and s.unit_id = 'street'
    union all
    select s.ledger, c.community_id, s.period_from, s.period_to,
           -- 有行而没有一行属于哪个社区的（全街道的预算），不是零报告
           case
               when p.file is null then s.accepted + s.duplicates + s.rejected
               else 0
           end
    from intake.sheet as s
    cross join core.community as c
    inner join core.ledger_kind as k on s.ledger = k.ledger
    left join (select distinct load_id, file, sheet from intake.sheet_community) as p
        on s.load_id = p.load_id and s.file = p.file and s.sheet = p.sheet
    -- 应由街道报的台账，街道报的就是全街道的；应由社区报的，要写明“全街道”才算各社区已报
    where s.period_from is not null and s.unit_id = 'street' and (s.covers_all or k.due_unit = 'street')
),

spoken as (
    select g.ledger, g.community_id, g.month, e.row_count
    from grid as g
    inner join events as e
        on g.ledger = e.ledger and g.community_id = e.community_id
        and e.period_from <= g.month_end and e.period_to >= g.month
    where g.mode = 'event'
    union all
    -- 有行的报送先于勾选的零报告
    select g.ledger, g.community_id, g.month, 0
    from grid as g
    inner join core.nil_report as n
        on g.ledger = n.ledger and g.month = n.month and n.community_id in (g.community_id, 'street')
    where g.mode = 'event' and g.is_due
),

reported as (
    select ledger, community_id, month, max(row_count) as row_count
    from spoken
    group by ledger, community_id, month
),

came as (
    select ledger, community_id, month, min(received_on) as first_received_on, max(received_on) as last_received_on,
           count(load_id) as times
    from core.report_arrival
    group by ledger, community_id, month
),

judged as (

    select g.ledger, g.community_id, g.month, g.month_end, g.by_days, g.is_due,
           case
               when coalesce(s.row_count, r.row_count) = 0
                    and (g.mode = 'event' or h.as_of >= g.month) then 'nil'
               when r.row_count is not null or h.as_of >= g.month then 'received'
               when h.as_of is not null then 'carried'
               else 'missing'
           end as state,
           h.as_of, s.unit_id, s.load_id, s.snapshot_id,
           h.as_of is not null or r.row_count is not null or (g.is_dated and w.as_of is not null) as holds,
           w.as_of is not null or r.row_count is not null as shows,
           w.as_of as shows_as_of
    from grid as g
    left join held as h on g.ledger = h.ledger and g.community_id = h.community_id and g.month = h.month
    left join core.snapshot as s
        on h.ledger = s.ledger and h.community_id = s.community_id and h.as_of = s.as_of
    left join shown as w on g.ledger = w.ledger and g.community_id = w.community_id and g.month = w.month
    left join reported as r on g.ledger = r.ledger and g.community_id = r.community_id and g.month = r.month
)

select j.ledger, j.community_id, j.month, j.is_due, j.state, j.as_of, j.unit_id, j.load_id, j.snapshot_id, j.holds,
       j.shows, j.shows_as_of,
       -- 工作日表之外的年份不顺延
       case when j.is_due then coalesce(d.next_working_day, j.month_end + j.by_days) end as due_on,
       c.first_received_on, c.last_received_on,
       coalesce(c.times, 0) as times -- 没有批次报过，就是0次
from judged as j
left join worked as d on j.month_end + j.by_days = d.date
left join came as c
    on j.ledger = c.ledger and j.community_id = c.community_id and j.month = c.month
    and j.state in ('received', 'nil')
