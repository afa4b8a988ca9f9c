/*
title: 案件编号对照
meaning: 案件编号只留字母、数字和汉字，供各台账按编号对到劳资纠纷；不同的纠纷对照码相同的（如2018-1-16和2018-11-6）不列，不猜
kind: view
columns:
  case_key: 对照码（括号、横线、空格等都不计）
  dispute_id: 案件编号
unique: [case_key]
not_null: [case_key, dispute_id]
*/
select regexp_replace(dispute_id, '[^0-9A-Za-z一-龥]', '', 'g') as case_key, min(dispute_id) as dispute_id
from core.dispute
where regexp_replace(dispute_id, '[^0-9A-Za-z一-龥]', '', 'g') <> ''
group by case_key
having count(*) = 1
