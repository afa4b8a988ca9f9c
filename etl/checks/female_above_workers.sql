/*
title: 女职工数多于职工数的企业
meaning: 多为填错列或职工数未更新；最近一期名册
severity: hard
ledger: enterprise
*/
with newest as (
    select l.*
    from core.enterprise_month as e
    inner join ledger.enterprise as l
        on e.load_id = l.load_id and e.file = l.file and e.sheet = l.sheet and e."row" = l."row" and e.as_of = l.as_of
        and e.enterprise_id = l.row_key
    qualify e.month = max(e.month) over (partition by e.community_id)
)

select community_id, name as subject,
       '女职工' || female_workers::varchar || '人，职工' || workers::varchar || '人' as detail, load_id, file, sheet, "row"
from newest
where female_workers > workers
