/*
title: 没有受理环节的纠纷
meaning: 流程台账有受理以后的环节而没有受理；办理期限按劳资纠纷台账的受理日期起算，请补登
severity: soft
ledger: case_step
*/
select community_id, case_no as subject, detail, load_id, file, sheet, "row"
from core.case_flaw
where flaw = 'acceptance_missing'
