/*
title: 化解日期早于核实日期的隐患线索
meaning: 先化解后补登核实的照实保留；请核实是否填反
severity: soft
ledger: hazard
*/
select h.community_id, h.report_id as subject,
       '化解' || h.resolved_date::varchar || '，核实' || h.verified_date::varchar as detail,
       h.load_id, h.file, h.sheet, h."row"
from core.hazard as h
inner join ledger.hazard as l
    on h.load_id = l.load_id and h.file = l.file and h.sheet = l.sheet and h."row" = l."row"
where case
          when l.resolved_date_precision = 'month' or l.verified_date_precision = 'month'
              then date_trunc('month', h.resolved_date) < date_trunc('month', h.verified_date)
          else h.resolved_date < h.verified_date
      end
