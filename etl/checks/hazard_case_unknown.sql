/*
title: 转案编号对不上纠纷的隐患线索
meaning: 劳资纠纷台账里没有这个编号，不能据此对应；请核对编号
severity: soft
ledger: hazard
*/
select community_id, report_id as subject, '转案编号“' || case_no || '”不在劳资纠纷台账里' as detail,
       load_id, file, sheet, "row"
from core.hazard
where case_no is not null and dispute_id is null
