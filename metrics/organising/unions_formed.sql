/*
title: 新建会企业数
meaning: 建会日期在期内的企业数
why: 组建工作的进度，年度任务按此考核
caveat: 按建会日期计，从能看见当月的第一份企业台账读取；台账截至日之后的月份尚不可知，列为未报；建会日期只写到年份的不计
source: 企业台账（建会日期）
owner: 街道总工会组织部门
reviewed: 2026-11-22
unit: enterprise
measure: 家
kind: count
time: flow
better: higher
ledgers: [enterprise]
*/
select
    f.enterprise_id as unit_id,
    f.enterprise as unit_name,
    f.community_id,
    f.month,
    f.park_id,
    f.industry,
    f.size_band,
    f.ownership,
    1 as value,
    f.formed_date,
    false as is_approximate,
    f.load_id,
    f.file,
    f.sheet,
    f."row"
from core.union_formed as f
