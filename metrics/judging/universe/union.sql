/*
title: 有会员名册的工会
meaning: 月末会员名册里的每个工会；只有工会的合计，没有个人
ledger: member
lacks: {verified: 名册没有认证栏}
*/
select m.union_id as unit_id, m.union_name as unit_name, m.community_id, m.community_id as listed_id, m.month,
       m.verified,
       case
           when m.community_id is null then '社区不明'
           when m.members = 0 then '没有在册会员'
           when not m.is_verifiable then '实名认证尚未开始'
       end as why,
       case when m.community_id is null then '社区不明' end as to_check,
       null::boolean as is_new,
       m.load_id, m.file, m.sheet, m."row"
from core.member_month as m
where m.month between $first and $last
