/*
title: 一项隐患发了几次奖励
meaning: 同一隐患的几条线索都领了奖励；实发金额照实计入，请核实
severity: soft
ledger: hazard
*/
select f.community_id, f.report_id as subject,
       string_agg(h.report_id || '实发' || h.reward_paid_yuan::decimal(18, 2)::varchar || '元', '，' order by h.reported_date, h.report_id)
           as detail,
       f.load_id, f.file, f.sheet, f."row"
from core.hazard as h
inner join core.hazard as f on h.first_report_id = f.report_id
where h.reward_paid_yuan > 0
group by f.community_id, f.report_id, f.load_id, f.file, f.sheet, f."row"
having count(*) > 1
