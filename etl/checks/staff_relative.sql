/*
title: 台账标明近亲属的工会岗位
meaning: 《工会法》第十条：企业主要负责人的近亲属不得作为本企业基层工会委员会成员的人选；请到原台账核对（最近一期台账）
severity: soft
ledger: staff
*/
select s.community_id, coalesce(s.union_name, '未写明工会') as subject,
       '台账“是否近亲属”写“是”，请核对与企业主要负责人的关系' as detail, s.load_id, s.file, s.sheet, s."row"
from core.staff_month as s
where s.is_relative and s.is_person and s.month = (select max(date_trunc('month', as_of)::date) from core.staff_month)
