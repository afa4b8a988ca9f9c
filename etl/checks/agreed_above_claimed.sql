/*
title: 协议金额高于诉求金额的纠纷
meaning: 一般不会高于职工提出的数；可能是单位（元、万元）写错或两格填反，数字照实计入，请核对
severity: soft
ledger: dispute
*/
select d.community_id, d.dispute_id as subject,
       '协议' || format('{:,.0f}', d.amount_agreed_yuan) || '元，诉求' || format('{:,.0f}', d.amount_claimed_yuan) || '元' as detail,
       d.load_id, d.file, d.sheet, d."row"
from core.dispute as d
where d.amount_agreed_yuan > d.amount_claimed_yuan
