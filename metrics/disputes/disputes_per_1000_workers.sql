/*
title: 每千名职工纠纷数（年）
meaning: 期内受理劳资纠纷宗数 ÷ 各月末职工人数的平均数 × 1000，折算为全年
why: 社区大小不同，按职工人数折算后才能看出疏密
caveat: 受上报积极性影响，不作排名，也不区分好坏；不足一年的按月数折算为全年；纠纷或企业台账未报的社区月份，分子分母都不计；按案由、来源渠道分组时分母仍为全部职工
source: 劳资纠纷台账、企业台账
owner: 街道总工会权益保障部门
reviewed: 2026-11-22
unit: dispute
measure: 宗
kind: rate
over: workers
over_time: mean
per: 1000
per_year: true
time: flow
better: none
ledgers: [dispute]
universe: dispute_received
*/
select
    d.dispute_id as unit_id,
    d.dispute_id as unit_name,
    d.community_id,
    d.received_month as month,
    d.park_id,
    d.industry,
    d.size_band,
    d.ownership,
    d.cause,
    d.causes,
    d.channel,
    1 as value,
    false as is_approximate,
    d.outcome,
    d.received_date,
    d.closed_date,
    d.workers_involved,
    d.load_id,
    d.file,
    d.sheet,
    d."row"
from core.dispute as d
