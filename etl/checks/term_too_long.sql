/*
title: 任期超过5年的工会
meaning: 基层工会每届任期三年或五年（工会法第十六条），超过五年半的请核对两个日期（最近一期台账）
severity: soft
ledger: union_org
*/
with newest as (
    select l.*
    from core.union_month as u
    inner join ledger.union_org as l
        on u.load_id = l.load_id and u.file = l.file and u.sheet = l.sheet and u."row" = l."row" and u.as_of = l.as_of
        and u.union_id = l.row_key
    qualify u.month = max(u.month) over (partition by u.community_id)
)

select community_id, name as subject,
       '任期' || term_start::varchar || '至' || term_end::varchar as detail, load_id, file, sheet, "row"
from newest
-- 五年之外留半年：换届会议很少正好开在届满那天
where term_end > term_start + interval 66 month
