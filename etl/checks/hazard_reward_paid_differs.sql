/*
title: 实发与应发不一致的隐患奖励
meaning: 实发金额照实计入，请核实少发、多发的原因
severity: soft
ledger: hazard
*/
select community_id, report_id as subject,
       '应发' || reward_due_yuan::decimal(18, 2)::varchar || '元，实发' || reward_paid_yuan::decimal(18, 2)::varchar || '元' as detail,
       load_id, file, sheet, "row"
from core.hazard
where reward_paid_yuan <> reward_due_yuan
