/*
title: 年度任务完成率（发展会员）
meaning: 1月1日至当月新发展会员数 ÷ 当年新发展会员任务数
why: 与时序进度（已过月份÷12）对照，看发展会员任务是否按进度完成
caveat: 总是从年初累计到所问月份；某社区年内有月份不可知或没有年度任务的，分子分母都不计；超过100%即超额完成。新发展会员怎样计，见“新发展会员数”
source: 会员名册（入会时间）、年度任务台账
owner: 街道总工会组织部门
reviewed: 2026-11-23
unit: union
measure: 人
kind: ratio
interval: none
over: members_joined_target
over_time: last
time: flow
period: ytd
better: higher
ledgers: [member]
*/
select
    m.union_id as unit_id,
    m.union_name as unit_name,
    m.community_id,
    m.month,
    m.joined as value,
    false as is_approximate,
    m.load_id,
    m.file,
    m.sheet,
    m."row"
from core.member_month as m
where m.joined > 0
