/*
title: 同一人同时登记在几个工会的会员
meaning: 只计入最后加入的工会；请把已转走的会籍在原工会名册里写明转出时间
severity: soft
ledger: member
*/
with basis as (
    select distinct s.snapshot_id, s.unit_id, s.as_of, s.community_id
    from core.snapshot as s
    where s.ledger = 'member'
    qualify s.as_of = max(s.as_of) over (partition by s.community_id)
),

listed as (
    select distinct l.row_id, l.identity_hash, l.community_id, l.joined_date, l.as_of, l.load_id, l.file, l.sheet, l."row",
           coalesce(l.union_name, l.employer, '未写明工会') as union_name
    from basis as b
    inner join ledger.member as l
        on b.snapshot_id = l.snapshot_id and b.unit_id = l.unit_id and b.as_of = l.as_of
        and (b.unit_id <> 'street' or l.community_id = b.community_id or l.community_id is null)
    where l.left_date is null
        -- 会籍状态空白的，在名册上就是会员
        and coalesce(l.status not in ('transferred', 'left', 'lapsed', 'deceased'), true)
    qualify count(*) over (partition by l.identity_hash) > 1
),

placed as (
    select *,
           first_value(union_name) over latest as counted_in,
           row_number() over latest as place
    from listed
    window latest as (partition by identity_hash order by joined_date desc nulls last, as_of desc, row_id)
)

select community_id, union_name as subject, '该行会员也登记在' || counted_in || '，按最后加入的工会计' as detail,
       load_id, file, sheet, "row"
from placed
where place > 1
