/*
title: 疑似重复登记的纠纷
meaning: 同一企业、同一案由、7天之内受理、涉及人数相同而编号不同；可能是一宗纠纷登记了两次，数字照实计入，请核实
severity: soft
ledger: dispute
*/
select b.community_id, b.dispute_id as subject,
       b.enterprise || ' ' || b.received_date::varchar || '受理，与' || a.dispute_id || '（' || a.received_date::varchar
       || '）相近' as detail,
       b.load_id, b.file, b.sheet, b."row"
from core.dispute as a
inner join core.dispute as b
    on a.enterprise = b.enterprise and a.community_id = b.community_id and a.cause = b.cause
    and a.workers_involved = b.workers_involved
    and b.received_date between a.received_date and a.received_date + interval 7 day
    and (a.received_date < b.received_date or a.dispute_id < b.dispute_id)
