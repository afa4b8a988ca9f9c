/*
title: 实拨经费空白
meaning: 空白的是不详，不当作0，该单位当期不计入拨缴率；确实没有拨的请填0
severity: soft
ledger: dues
*/
select community_id, payer as subject, strftime(month, '%Y年%m月') || '实拨空白' as detail, load_id, file, sheet, "row"
from core.dues_payment
where paid_yuan is null and not is_repeated and kind is distinct from 'other'
