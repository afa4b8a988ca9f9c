/*
title: 同一期间既有合计行又有按月的行
meaning: 几个月合为一行，而期间内另有这个单位按月的行；合计行减去按月的行，只计余下的，没有余下的不计入，请核对是否重复报送
severity: soft
ledger: dues
*/
select community_id, payer as subject,
       strftime(month, '%Y年%m月') || '止的合计行'
           || case when is_repeated then '不计入' else '减去' || listed_months || '个月按月的行，只计余下的' end as detail,
       load_id, file, sheet, "row"
from core.dues_payment
where is_repeated or listed_months > 0
