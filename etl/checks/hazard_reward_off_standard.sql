/*
title: 应发奖励与当时标准不一致的隐患
meaning: 按报告当日有效的奖励标准和定级核对，请核实定级、标准和金额
severity: soft
ledger: hazard
*/
select community_id, report_id as subject,
       '应发' || reward_due_yuan::decimal(18, 2)::varchar || '元' || coalesce('（写“' || reward_standard || '”）', '')
       || '，' || reported_date::varchar || '有效的标准为' || reward_standard_yuan::decimal(18, 2)::varchar || '元' as detail,
       load_id, file, sheet, "row"
from core.hazard
where reward_due_yuan <> reward_standard_yuan
