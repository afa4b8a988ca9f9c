/*
title: 核实或化解日期早于报告日期的隐患线索
meaning: 核实或化解日期按未填处理，线索计为未核实或未化解；请核对日期
severity: hard
ledger: hazard
*/
select h.community_id, h.report_no as subject,
       case b."column" when 'verified_date' then '核实' else '化解' end || '日期“' || b.value || '”早于报告日期'
       || h.reported_date::varchar as detail,
       b.load_id, b.file, b.sheet, b."row"
from intake.bad_cell as b
inner join ledger.hazard as h
    on b.load_id = h.load_id and b.file = h.file and b.sheet = h.sheet and b."row" = h."row"
where b.code = 'date_order' and b."column" in ('verified_date', 'resolved_date')
