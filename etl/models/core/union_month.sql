/*
title: 工会组织月表
meaning: 每个报送月份在册的工会组织（沿用的月份不列）；只用来与企业名册核对，会员数不相加（联合会的会员数含其所属企业）
columns:
  union_id: 工会标识：编码、统一社会信用代码，否则名称
  month: 月份
  union_name: 工会名称
  community_id: 社区代码
  park_id: 园区代码
  union_type: 工会类型
  state: 工会状态
  workers: 职工数（人）
  members: 会员数（人）
  covered_units: 覆盖单位数
  formed_date: 建会日期
  as_of: 数据截至
  load_id: 导入批次
  file: 来源文件
  sheet: 来源工作表
  row: 来源行号（Excel 行号，CSV 为物理行号）
unique: [union_id, month]
not_null: [union_id, month]
empty_without: [union_org]
*/
select l.row_key as union_id, r.month, l.name as union_name, l.community_id, l.park_id, l.union_type, l.status as state,
       l.workers, l.members, l.covered_units, l.formed_date, l.as_of, l.load_id, l.file, l.sheet, l."row"
from core.report as r
inner join ledger.union_org as l
    on r.snapshot_id = l.snapshot_id and r.unit_id = l.unit_id and r.as_of = l.as_of
    and (r.unit_id <> 'street' or l.community_id = r.community_id or l.community_id is null)
left join core.community as c on l.community_id = c.community_id
where r.ledger = 'union_org' and r.state in ('received', 'nil')
qualify row_number() over (
    partition by l.row_key, r.month
    order by l.as_of desc, l.unit_id = 'street', c.official_order nulls last, l.load_no desc, l.file, l.sheet, l."row"
) = 1
