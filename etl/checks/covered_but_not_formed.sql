/*
title: 填“未建会”又写明所属工联会的企业
meaning: 按工联会覆盖计入建会率的分子；请核实建会状态
severity: soft
ledger: enterprise
*/
select community_id, enterprise as subject, '建会状态与所属工会（' || union_name || '）不一致' as detail,
       load_id, file, sheet, "row"
from core.enterprise_row
where is_covered and union_status in ('none', 'preparing')
