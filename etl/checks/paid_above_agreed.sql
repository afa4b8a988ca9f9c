/*
title: 已兑现金额高于协议金额的纠纷
meaning: 兑现的一般不会多于协议；可能是单位（元、万元）写错或两格填反，数字照实计入，请核对
severity: soft
ledger: dispute
*/
select d.community_id, d.dispute_id as subject,
       '已兑现' || format('{:,.0f}', d.amount_paid_yuan) || '元，协议' || format('{:,.0f}', d.amount_agreed_yuan) || '元' as detail,
       d.load_id, d.file, d.sheet, d."row"
from core.dispute as d
where d.amount_paid_yuan > d.amount_agreed_yuan
