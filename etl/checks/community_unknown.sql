/*
title: 社区待核实的企业（不计入任何社区）
meaning: 社区列、报送单位和地址都不能确定属于哪个社区；列入“缺项”，不猜
severity: soft
ledger: enterprise
*/
select community_id, enterprise as subject, '不能确定所属社区' as detail, load_id, file, sheet, "row"
from core.enterprise_row
where community_id is null
