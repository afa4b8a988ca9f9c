/*
title: 流程已了结而仍列在办的纠纷
meaning: 流程台账已结案归档、撤回或不受理，劳资纠纷台账没有办结日期或结果；仍按在办计，请核实
severity: soft
ledger: case_step
*/
select community_id, case_no as subject, detail, load_id, file, sheet, "row"
from core.case_flaw
where flaw = 'ended_but_open'
