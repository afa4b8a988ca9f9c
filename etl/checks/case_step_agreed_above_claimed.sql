/*
title: 流程台账协议金额大于诉求金额
meaning: 达成协议或和解的金额大于劳资纠纷台账的诉求金额；请核对金额和单位
severity: soft
ledger: case_step
*/
select community_id, case_no as subject, detail, load_id, file, sheet, "row"
from core.case_flaw
where flaw = 'agreed_above_claimed'
