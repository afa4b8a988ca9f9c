/*
title: 两份台账的受理、结案日期不一致
meaning: 流程台账的受理、结案归档日期与劳资纠纷台账不同；受理、办结宗数和办理天数以劳资纠纷台账为准
severity: soft
ledger: case_step
*/
select community_id, case_no as subject, detail, load_id, file, sheet, "row"
from core.case_flaw
where flaw = 'date_disagrees'
