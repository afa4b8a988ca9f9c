/*
title: 写明转为纠纷而找不到该纠纷的线上办件
meaning: 关联编号在劳资纠纷台账里没有，或没有填关联编号，请核对编号
severity: soft
ledger: online_request
*/
select r.community_id, r.request_id as subject, '关联编号' || coalesce('“' || r.linked_no || '”', '空白') as detail,
       r.load_id, r.file, r.sheet, r."row"
from core.online_request as r
where r.result = 'case' and r.dispute_id is null
