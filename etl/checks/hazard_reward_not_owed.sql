/*
title: 发给重复或不属实线索的奖励
meaning: 只有属实的首报才按标准奖励；实发金额照实计入，请核实
severity: soft
ledger: hazard
*/
select community_id, report_id as subject,
       '实发' || reward_paid_yuan::decimal(18, 2)::varchar || '元，'
       || case
              when not is_first then '首报是' || first_report_id || '（' || same_reason_text || '）'
              when verify_result = 'false' then '核实为不属实'
              else '尚未核实'
          end as detail,
       load_id, file, sheet, "row"
from core.hazard
where reward_paid_yuan > 0 and not (is_first and is_true)
