/*
title: 结案之后的办理环节
meaning: 结案归档以后又有办理环节；履行、仲裁、诉讼等可在结案后，不在此列。请核对日期，或改正结案
severity: soft
ledger: case_step
*/
select community_id, case_no as subject, detail, load_id, file, sheet, "row"
from core.case_flaw
where flaw = 'after_closing'
