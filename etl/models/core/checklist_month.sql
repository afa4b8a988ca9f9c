/*
title: 工作清单月表
meaning: 每个月所依据的清单名册里的每个事项一行（沿用期内的月份也列）；清单由街道自定，代码表里没有的名称照原样保留
columns:
  item_id: 事项标识
  month: 月份
  checklist: 清单名称
  item: 清单事项
  level: 单位层级
  community_id: 社区代码
  park_id: 园区代码
  enterprise_id: 企业标识（对不上的为空）
  enterprise: 企业名称
  is_street_level: 街道一级的事项，不属于哪个社区
  basis: 依据文件
  status: 落实状态
  is_done: 已落实（部分落实、未落实的为否，不适用和没有写明的为空）
  due_date: 完成时限
  checked_date: 检查日期
  as_of: 数据截至
  load_id: 导入批次
  file: 来源文件
  sheet: 来源工作表
  row: 来源行号（Excel 行号，CSV 为物理行号）
empty_without: read
unique: [item_id, month]
not_null: [item_id, month, checklist, item, is_street_level]
*/
with spelt as (
    -- 引号、空格和全角加号不算不同
    select regexp_replace(replace(raw, '＋', '+'), '["“”「」《》''‘’\s]', '', 'g') as raw, min(code) as checklist
    from core.alias
    where list = 'checklist'
    group by all
)

select l.row_key as item_id, r.month, coalesce(s.checklist, l.checklist) as checklist, l.item, l.level,
       coalesce(l.community_id, e.community_id) as community_id, l.park_id, m.enterprise_id,
       l.enterprise_name as enterprise,
       l.community_id is null and coalesce(l.level in ('street', 'district'), false) as is_street_level,
       l.basis, l.status, case when l.status in ('done', 'partly', 'not_yet') then l.status = 'done' end as is_done,
       l.due_date_end as due_date, l.checked_date, l.as_of, l.load_id, l.file, l.sheet, l."row"
from core.report as r
inner join ledger.checklist as l
    on r.snapshot_id = l.snapshot_id and r.unit_id = l.unit_id and r.as_of = l.as_of
    and (r.unit_id <> 'street' or l.community_id = r.community_id or l.community_id is null)
left join spelt as s
    on regexp_replace(replace(l.checklist, '＋', '+'), '["“”「」《》''‘’\s]', '', 'g') = s.raw
left join core.enterprise_match as m on m.ledger = 'checklist' and l.row_id = m.row_id
left join core.enterprise_month as e on m.enterprise_id = e.enterprise_id and r.month = e.month
where r.ledger = 'checklist' and r.holds
qualify row_number() over (
    partition by l.row_key, r.month order by l.as_of desc, l.unit_id = 'street', l.load_no desc, l.file, l.sheet, l."row"
) = 1
