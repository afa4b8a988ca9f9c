/*
title: 会员数多于职工数的企业
meaning: 多为职工数未更新；数字照实计入，入会率可能超过100%
severity: soft
ledger: enterprise
*/
select community_id, enterprise as subject,
       '会员' || members::varchar || '人，职工' || workers::varchar || '人' as detail, load_id, file, sheet, "row"
from core.enterprise_row
where members > workers
