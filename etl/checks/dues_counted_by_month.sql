/*
title: 同一期间既有合计行又有按月的行
meaning: 几个月合为一行，而期间内另有这个单位按月的行；只计按月的行，请核对是否重复报送
severity: soft
ledger: dues
*/
select community_id, payer as subject, strftime(month, '%Y年%m月') || '止的合计行不计入' as detail, load_id, file, sheet, "row"
from core.dues_payment
where is_repeated
