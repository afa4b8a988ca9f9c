/*
title: 已办结而流程没有了结的纠纷
meaning: 劳资纠纷台账已办结，流程台账没有和解、撤回、移送或结案归档；按劳资纠纷台账的办结日期计，请补登
severity: soft
ledger: case_step
*/
select community_id, case_no as subject, detail, load_id, file, sheet, "row"
from core.case_flaw
where flaw = 'ending_missing'
