/*
title: 首报编号对不上的隐患线索
meaning: 没有这个编号，或几条线索互指为首报；现按企业、表征和日期判断，请核对编号
severity: soft
ledger: hazard
*/
select h.community_id, h.report_id as subject, '首报编号写“' || l.first_report_no || '”' as detail,
       h.load_id, h.file, h.sheet, h."row"
from core.hazard as h
inner join ledger.hazard as l
    on h.load_id = l.load_id and h.file = l.file and h.sheet = l.sheet and h."row" = l."row"
inner join core.hazard_line as n on h.report_id = n.report_id
where l.first_report_no is not null
    and upper(regexp_replace(l.first_report_no, '[^0-9A-Za-z一-龥]', '', 'g')) <> n.report_key
    and coalesce(h.same_reason, '') not like 'ledger%'
