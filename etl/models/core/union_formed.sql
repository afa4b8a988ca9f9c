/*
title: 新建会
meaning: 企业在某月建会，从能看见当月的第一份名册读取；只写到年份的建会日期不计
columns:
  enterprise_id: 企业标识
  month: 建会月份
  enterprise: 企业名称
  community_id: 社区代码
  park_id: 园区代码
  industry: 行业门类（GB/T 4754）
  size_band: 职工人数分段
  ownership: 登记注册类型
  formed_date: 建会日期
  as_of: 数据截至
  load_id: 导入批次
  file: 来源文件
  sheet: 来源工作表
  row: 来源行号（Excel 行号，CSV 为物理行号）
unique: [enterprise_id, month]
not_null: [enterprise_id, month, formed_date]
empty_without: [enterprise]
*/
select l.enterprise_id, r.month, l.enterprise, l.community_id, l.park_id, l.industry, l.size_band, l.ownership,
       l.union_formed_date as formed_date, l.as_of, l.load_id, l.file, l.sheet, l."row"
from core.report as r
inner join core.snapshot as s
    on s.ledger = 'enterprise' and s.community_id = r.community_id and s.as_of = r.shows_as_of
inner join core.enterprise_row as l
    on s.snapshot_id = l.snapshot_id and s.unit_id = l.unit_id and s.as_of = l.as_of
    and (s.unit_id <> 'street' or l.community_id = s.community_id or l.community_id is null)
    and date_trunc('month', l.union_formed_date)::date = r.month
left join core.community as c on l.community_id = c.community_id
where r.ledger = 'enterprise'
qualify row_number() over (
    partition by l.enterprise_id, r.month
    order by l.as_of, l.unit_id = 'street', c.official_order nulls last, l.load_no desc, l.file, l.sheet, l."row"
) = 1
