/*
title: 工资专项集体合同建制率
meaning: 有有效工资专项集体合同的已建会企业数（含被区域性、行业性合同覆盖的）÷ 已建会企业数
why: 工资集体协商决定工资怎么定、怎么涨，是集体协商的重点
caveat: 台账写明覆盖“工联会覆盖企业”“全部已建会企业”的区域性、行业性合同，所覆盖的企业一并计入，区域性合同没有写社区、园区的算全街道的；没有列名也没有写明覆盖范围的，不计入，见校验；有效指月末在合同期限内，还没有到起始日期的不算，终止日期没有写、或只写到年份而说不准的企业不计入，列为缺项
source: 集体合同台账、企业台账
owner: 街道总工会组织部门
reviewed: 2026-11-23
unit: enterprise
measure: 家
kind: proportion
over: units
time: stock
better: higher
ledgers: [enterprise, contract]
universe: enterprise
left_out: 未建会
*/
select
    e.enterprise_id as unit_id,
    e.enterprise as unit_name,
    e.community_id,
    e.month,
    e.park_id,
    e.industry,
    e.size_band,
    e.ownership,
    e.union_status,
    case when e.has_union then case when c.enterprise_id is null then 0 else c.has_wage::integer end end as value,
    false as is_approximate,
    e.load_id,
    e.file,
    e.sheet,
    e."row"
from core.enterprise_month as e
left join core.contract_cover as c on e.enterprise_id = c.enterprise_id and e.month = c.month
where e.is_operating and e.has_union is distinct from false
