/*
title: 前后颠倒的办理环节
meaning: 该在其后的环节记在了前面（如书面答复早于意见书）；请核对两个日期
severity: hard
ledger: case_step
*/
select community_id, case_no as subject, detail, load_id, file, sheet, "row"
from core.case_flaw
where flaw = 'out_of_order'
