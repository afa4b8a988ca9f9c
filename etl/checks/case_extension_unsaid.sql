/*
title: 没有写明期限的同意延期
meaning: 同意延期没有写延长至哪一天或延长几天，或延长至早于当天；不延长办理期限，请补填
severity: soft
ledger: case_step
*/
select community_id, case_no as subject, detail, load_id, file, sheet, "row"
from core.case_flaw
where flaw = 'extension_unsaid'
