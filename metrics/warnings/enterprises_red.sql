/*
title: 风险等级为红的企业
meaning: 月末风险等级为红的企业数；按当月采用的评分办法评定，有人工复核的以复核为准
why: 提示哪些企业要先上门了解、先作化解；是风险提示，不是结论
caveat: 等级由事实评定，事实到期（默认90天）而没有新的事实即降级；对不上企业名册的事实不计；当月未报企业风险评分表的不作统计；受排查和上报积极性影响，不作排名
source: 企业风险评分表、隐患线索台账、劳资纠纷台账、智慧工建办件台账、企业台账
owner: 街道总工会权益保障部门
reviewed: 2026-11-23
unit: enterprise
measure: 家
kind: count
time: stock
better: none
ledgers: [risk_score]
*/
select
    w.enterprise_id as unit_id,
    w.enterprise as unit_name,
    w.community_id,
    w.month,
    e.park_id,
    e.industry,
    e.size_band,
    e.ownership,
    1 as value,
    false as is_approximate,
    w.score,
    w.load_id,
    w.file,
    w.sheet,
    w."row"
from core.warning_level as w
left join core.enterprise_month as e on w.enterprise_id = e.enterprise_id and w.month = e.month
where w.is_effective and w.level = 'red'
