/*
title: 流程台账的案件编号在劳资纠纷台账里找不到
meaning: 环节照留，不计入任何一宗纠纷；请核对编号，或补报劳资纠纷台账
severity: soft
ledger: case_step
*/
select community_id, case_no as subject, detail, load_id, file, sheet, "row"
from core.case_flaw
where flaw = 'unknown_case'
