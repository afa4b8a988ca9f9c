/*
title: 会员25人以上、没有单独建会的企业
meaning: 会员二十五人以上的应当建立基层工会委员会（工会法第十一条）；列为组建建议，数字不受影响（最近一期名册）
severity: soft
ledger: enterprise
*/
with newest as (
    select *
    from core.enterprise_month
    qualify month = max(month) over (partition by community_id)
)

select community_id, enterprise as subject, '会员' || members::varchar || '人，未单独建会' as detail,
       load_id, file, sheet, "row"
from newest
where is_operating and not is_own_union and members >= 25
