/*
title: 预算金额的单位可能是万元
meaning: 不足1000元，而同一张表里另有1万元以上的；表头没有写明单位时按元读取，请核对并在表头写明元或万元
severity: soft
ledger: budget
*/
with known as (
    select *, max(amount_yuan) over (partition by load_id, file, sheet) as largest from core.budget
)

select k.community_id, coalesce(s.title, k.funding_source) as subject,
       '读作' || format('{:.2f}', k.amount_yuan) || '元，本表最多的一项为' || format('{:.2f}', k.largest) || '元' as detail,
       k.load_id, k.file, k.sheet, k."row"
from known as k
left join core.code as s on s.list = 'funding_source' and k.funding_source = s.code
where k.amount_yuan > 0 and k.amount_yuan < 1000 and k.largest >= 10000
