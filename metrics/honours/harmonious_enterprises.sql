/*
title: 劳动关系和谐企业
meaning: 月末称号有效（已达标或表彰，未撤销、未过有效期）的劳动关系和谐企业数，有几个级别的只计一家，按最高的级别归类
why: 和谐创建的成果
caveat: 正在创建的不计；没有写有效期的按有效计
source: 和谐创建台账
owner: 街道总工会
reviewed: 2026-11-23
unit: award
measure: 家
kind: count
time: stock
better: higher
ledgers: [award]
*/
select
    a.holder_id as unit_id,
    a.holder as unit_name,
    a.community_id,
    a.month,
    a.park_id,
    a.industry,
    a.size_band,
    a.ownership,
    a.level as honour_level,
    1 as value,
    false as is_approximate,
    a.awarded_date,
    a.term_end,
    a.load_id,
    a.file,
    a.sheet,
    a."row"
from core.award_month as a
left join core.code as k on k.list = 'honour_level' and a.level = k.code
where a.kind = 'enterprise' and a.is_current
qualify row_number() over (
    partition by a.holder_id, a.month order by k.code_order nulls last, a.awarded_date desc nulls last, a.file, a.sheet, a."row"
) = 1
