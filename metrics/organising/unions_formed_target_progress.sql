/*
title: 年度任务完成率（新建会）
meaning: 1月1日至当月新建会企业数 ÷ 当年新建会任务数
why: 与时序进度（已过月份÷12）对照，看组建任务是否按进度完成
caveat: 总是从年初累计到所问月份；某社区年内有月份不可知或没有年度任务的，分子分母都不计；超过100%即超额完成
source: 企业台账（建会日期）、年度任务台账
owner: 街道总工会组织部门
reviewed: 2026-11-22
unit: enterprise
measure: 家
kind: ratio
interval: none
over: unions_formed_target
over_time: last
time: flow
period: ytd
better: higher
ledgers: [enterprise]
*/
select
    f.enterprise_id as unit_id,
    f.enterprise as unit_name,
    f.community_id,
    f.month,
    1 as value,
    f.formed_date,
    false as is_approximate,
    f.load_id,
    f.file,
    f.sheet,
    f."row"
from core.union_formed as f
