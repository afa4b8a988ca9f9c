/*
title: 填“单独建会”、所属工会却写工联会的企业
meaning: 单独建会与工联会覆盖只能算一种，现按单独建会计；请核实是哪一种（最近一期名册）
severity: soft
ledger: enterprise
*/
with newest as (
    select l.*
    from core.enterprise_month as e
    inner join core.enterprise_row as l
        on e.load_id = l.load_id and e.file = l.file and e.sheet = l.sheet and e."row" = l."row" and e.as_of = l.as_of
        and e.enterprise_id = l.enterprise_id
    qualify e.month = max(e.month) over (partition by e.community_id)
)

select community_id, enterprise as subject, '填单独建会，所属工会写“' || union_name || '”' as detail,
       load_id, file, sheet, "row"
from newest
where is_own_union and regexp_matches(union_name, '工联会|工会联合会|联合工会|联合基层工会')
