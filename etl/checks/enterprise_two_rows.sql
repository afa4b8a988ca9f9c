/*
title: 同一企业两行
meaning: 同一份名册里有两行认定是同一家企业（代码或名称不同），只计有信用代码、排在前面的一行；请核对，不是同一家的在“企业核对”里改
severity: soft
ledger: enterprise
*/
with ranked as (
    select e.*,
           row_number() over (
               partition by e.snapshot_id, e.unit_id, e.as_of, e.enterprise_id, e.community_id
               order by case split_part(l.row_key, ':', 1) when 'uscc' then 1 when 'org_code' then 2 when 'reg_no' then 3 else 4 end,
                        e.load_no desc, e.file, e.sheet, e."row"
           ) as place
    from core.enterprise_row as e
    inner join ledger.enterprise as l on e.row_id = l.row_id
    semi join core.snapshot as s
        on s.ledger = 'enterprise' and e.snapshot_id = s.snapshot_id and e.unit_id = s.unit_id and e.as_of = s.as_of
)

select r.community_id, r.enterprise as subject,
       r.as_of::varchar || ' 与第' || c."row"::varchar || '行“' || c.enterprise || '”是同一家，只计一行' as detail,
       r.load_id, r.file, r.sheet, r."row"
from ranked as r
inner join ranked as c
    on c.place = 1 and r.snapshot_id = c.snapshot_id and r.unit_id = c.unit_id and r.as_of = c.as_of
    and r.enterprise_id = c.enterprise_id and r.community_id is not distinct from c.community_id
where r.place > 1
