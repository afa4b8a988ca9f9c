-- 未入库的问题行：当月所依据的各张工作表里没有通过校验的行；街道的工作表说不出属于哪个社区
with used as (
    select distinct month, unit_id, as_of, case when unit_id <> 'street' then community_id end as community_id
    from core.report
    where ledger = $ledger and month between $first and $last and as_of is not null and unit_id is not null
),

-- 增减变动表接在此前最新的一份名册上
based as (
    select u.month, u.unit_id, u.as_of, u.community_id, max(s.as_of) as from_day
    from used as u
    inner join intake.sheet as s
        on s.ledger = $ledger and s.unit_id = u.unit_id and s.mode <> 'change' and s.as_of <= u.as_of
    group by u.month, u.unit_id, u.as_of, u.community_id
),

registered as (
    select b.month, b.community_id, s.load_id, s.file, s.sheet
    from based as b
    inner join intake.sheet as s
        on s.ledger = $ledger and s.unit_id = b.unit_id and s.as_of between b.from_day and b.as_of
    qualify s.load_no = max(s.load_no) over (partition by b.month, b.unit_id, b.as_of, s.as_of, s.mode)
),

happened as (
    select greatest(date_trunc('month', s.period_from)::date, $first) as month,
           case when s.unit_id <> 'street' then s.unit_id end as community_id, s.load_id, s.file, s.sheet
    from intake.sheet as s
    where s.ledger = $ledger and s.period_from <= last_day($last) and s.period_to >= $first
),

sheets as (
    select * from registered
    union
    select * from happened
)

select t.month, t.community_id, t.load_id, t.file, t.sheet, b."row", string_agg(distinct b.reason, '；' order by b.reason) as reason,
       bool_and(b.code = 'key_conflict') as is_repeated
from sheets as t
inner join intake.bad_cell as b on t.load_id = b.load_id and t.file = b.file and t.sheet = b.sheet
where b.severity = 'reject'
group by t.month, t.community_id, t.load_id, t.file, t.sheet, b."row"
order by t.month, t.file, t.sheet, b."row"
