/*
title: 核实的隐患线索
meaning: 核实日期在期内的每条隐患线索，加上期内报告而到期末还没有核实的
ledger: hazard
lacks: {}
*/
select h.report_id as unit_id, coalesce(h.enterprise, h.report_id) as unit_name, h.community_id, h.community_id as listed_id,
       case when h.is_checked and h.verified_month <= $last then h.verified_month else h.reported_month end as month,
       case
           when h.community_id is null then '社区不明'
           when not h.is_checked or h.verified_month > $last then '期末待核实或没有核实日期'
           when not h.is_first then '重复线索并入首报'
           when not h.is_true then '核实不属实'
       end as why,
       case when h.community_id is null then '社区不明' end as to_check,
       null::boolean as is_new,
       h.load_id, h.file, h.sheet, h."row"
from core.hazard as h
where (h.is_checked and h.verified_month between $first and $last)
   or (h.reported_month between $first and $last and (not h.is_checked or h.verified_month > $last))
