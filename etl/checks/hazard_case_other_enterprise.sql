/*
title: 转案编号是别家企业纠纷的隐患线索
meaning: 照台账所写对应；请核对编号是否填错
severity: soft
ledger: hazard
*/
select h.community_id, h.report_id as subject,
       '线索涉及' || coalesce(h.enterprise, '（未填企业）') || '，' || d.dispute_id || '是' || coalesce(d.enterprise, '（未填企业）') || '的纠纷' as detail,
       h.load_id, h.file, h.sheet, h."row"
from core.hazard as h
inner join core.dispute as d on h.dispute_id = d.dispute_id
where h.enterprise_id <> d.enterprise_id
