/*
title: 重复登记的办理环节
meaning: 受理、和解、结案归档等一宗只应有一次，或同一天同一环节记了两次；各行都保留，请核实
severity: soft
ledger: case_step
*/
select community_id, case_no as subject, detail, load_id, file, sheet, "row"
from core.case_flaw
where flaw = 'repeated'
