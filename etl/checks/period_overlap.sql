/*
title: 同一单位、同一时期有两份台账
meaning: 同一报送单位同月有两份截至日不同的名册，或两张表的期间重叠；名册以截至日在后的为准，事件以后导入的为准，请核实
severity: soft
ledger: enterprise
*/
with numbered as (
    select *, row_number() over (order by load_no, file, sheet) as place
    from intake.sheet
    where ledger is not null and unit_id is not null
),

pairs as (
    select b.*, a.file as other_file, a.sheet as other_sheet, a.as_of as other_as_of
    from numbered as a
    inner join numbered as b
        on a.ledger = b.ledger and a.unit_id = b.unit_id and a.place < b.place
        and (
            -- 同一天再报的是更正，整份替换，不算重叠；增减变动表本来就在两份名册之间
            (date_trunc('month', a.as_of) = date_trunc('month', b.as_of) and a.as_of <> b.as_of
             and a.mode is distinct from 'change' and b.mode is distinct from 'change')
            or (a.period_from <= b.period_to and b.period_from <= a.period_to
                -- 全年一本、另有一月补报的，短的是补充，不算重叠
                and a.period_from = b.period_from and a.period_to = b.period_to
                and a.accepted > 0 and b.accepted > 0)
        )
)

select case when p.unit_id <> 'street' then p.unit_id end as community_id, k.title as subject,
       '与“' || p.other_file || '”的“' || p.other_sheet || '”是同一时期' as detail,
       p.load_id, p.file, p.sheet, null::integer as "row"
from pairs as p
inner join core.ledger_kind as k on p.ledger = k.ledger
