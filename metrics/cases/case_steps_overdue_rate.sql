/*
title: 办理期限超期率
meaning: 月末超期的办理期限项数 ÷ 月末在办的办理期限项数
why: 受理多的月份期限也多，按比例才能看出办理快慢
caveat: 只计由本街道的组织办的事（决定是否受理、结束调解），不计仲裁、法院、当事人的期限；到期的次日起算超期；经双方同意的延期已计入，到期之后才同意的不计；已了结的纠纷不再计；受上报积极性影响，不作排名
source: 纠纷办理流程台账、劳资纠纷台账
owner: 街道总工会权益保障部门
reviewed: 2026-11-23
unit: deadline
measure: 项
kind: proportion
over: units
time: stock
better: none
ledgers: [dispute, case_step]
universe: deadline
*/
select
    m.dispute_id || ' ' || c.title || ' ' || m.started_on as unit_id,
    d.dispute_id as unit_name,
    d.community_id,
    m.month,
    d.park_id,
    d.industry,
    d.size_band,
    d.ownership,
    d.cause,
    d.causes,
    d.channel,
    d.group_band,
    m.is_overdue::integer as value,
    false as is_approximate,
    c.starts as step,
    c.words,
    c.started_on,
    c.due_on,
    c.met_on,
    c.load_id,
    c.file,
    c.sheet,
    c."row"
from core.deadline_month as m
inner join core.case_deadline as c
    on m.dispute_id = c.dispute_id and m.rule = c.rule and m.started_on = c.started_on
inner join core.dispute as d on m.dispute_id = d.dispute_id
