/*
title: 写了实发奖励而没有发放日期的隐患线索
meaning: 不知发放月份，不计入任何一个月的实发奖励，列为缺项；请补填发放日期
severity: soft
ledger: hazard
*/
select community_id, report_id as subject,
       '实发' || reward_paid_yuan::decimal(18, 2)::varchar || '元，没有发放日期' as detail, load_id, file, sheet, "row"
from core.hazard
where reward_paid_yuan > 0 and paid_month is null
