/*
title: 经营状态空白的企业（按在营计入）
meaning: 状态空白时按在营企业计入分母，请社区补填
severity: soft
ledger: enterprise
*/
select community_id, enterprise as subject, '最近一期名册中经营状态空白' as detail, load_id, file, sheet, "row"
from core.enterprise_row
where status is null
qualify as_of = max(as_of) over (partition by enterprise_id)
