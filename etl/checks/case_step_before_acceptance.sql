/*
title: 早于受理的办理环节
meaning: 调查、协商、调解、协议、结案等须在受理之后；请核对环节日期和受理日期
severity: hard
ledger: case_step
*/
select community_id, case_no as subject, detail, load_id, file, sheet, "row"
from core.case_flaw
where flaw = 'before_acceptance'
