/*
title: 工会工作人员培训学时
meaning: 月末所依据的队伍台账里，工会工作人员本年度培训学时的合计
why: 反映队伍培训的投入
caveat: 按社区和岗位类别合计，不列个人；截至队伍台账的截至日，不是到月末，只有上年台账的月份为不详；一人几行都写了学时的取最大的一个，不相加；没有写学时的人不计入，所在社区和类别都没有写的列为缺项
source: 工会干部队伍台账
owner: 街道总工会组织部门
reviewed: 2026-11-23
unit: post
measure: 学时
kind: amount
decimals: 0
time: stock
running: true
better: none
ledgers: [staff]
*/
select
    coalesce(s.community_id, '-') || '|' || coalesce(s.park_id, '-') || '|' || s.staff_kind as unit_id,
    '按岗位类别合计（来源只列第一行）' as unit_name,
    s.community_id,
    s.month,
    s.park_id,
    s.staff_kind,
    sum(s.training_hours) as value,
    bool_or(s.is_hours_approx) as is_approximate,
    min_by(s.load_id, s.post_id) as load_id,
    min_by(s.file, s.post_id) as file,
    min_by(s.sheet, s.post_id) as sheet,
    min_by(s."row", s.post_id) as "row"
from core.staff_month as s
where s.is_staff and not s.is_street_level
group by s.community_id, s.park_id, s.month, s.staff_kind
