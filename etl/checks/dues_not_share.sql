/*
title: 应拨经费与工资总额的2%不符
meaning: 台账所写应拨与工资总额乘以比例（设置，默认2%）相差1元以上；应拨以工资总额计算的为准，请核对
severity: soft
ledger: dues
*/
select community_id, payer as subject,
       strftime(month, '%Y年%m月') || '台账写应拨' || format('{:.2f}', told_due_yuan) || '元，按工资总额应为'
       || format('{:.2f}', reckoned_due_yuan) || '元' as detail,
       load_id, file, sheet, "row"
from core.dues_payment
where abs(told_due_yuan - reckoned_due_yuan) >= 1
