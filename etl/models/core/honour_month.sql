/*
title: 单位荣誉月表
meaning: 每个月末街道、社区、园区、企业的工会和单位保有的荣誉，一项一行；个人荣誉不入库，已撤销的不列
columns:
  honour_id: 标识：荣誉、单位、授予日期
  month: 月份
  honour: 荣誉名称
  recipient: 获奖单位
  level: 级别
  awarded_by: 授予单位
  awarded_date: 授予日期，写到台账所写的年、月或日
  awarded_year: 授予年份
  community_id: 社区代码（街道本级的为空）
  park_id: 园区代码
  load_id: 导入批次
  file: 来源文件
  sheet: 来源工作表
  row: 来源行号（Excel 行号，CSV 为物理行号）
unique: [honour_id, month]
not_null: [honour_id, month, honour, recipient]
empty_without: [honour]
*/
select l.row_key as honour_id, r.month, l.honour, l.recipient, l.level, l.awarded_by,
       case l.awarded_date_precision when 'year' then strftime(l.awarded_date, '%Y年') when 'month' then strftime(l.awarded_date, '%Y-%m')
           else strftime(l.awarded_date, '%Y-%m-%d') end as awarded_date,
       year(l.awarded_date)::integer as awarded_year, l.community_id, l.park_id, l.load_id, l.file, l.sheet, l."row"
from core.report as r
inner join ledger.honour as l
    on r.snapshot_id = l.snapshot_id and r.unit_id = l.unit_id and r.as_of = l.as_of
    and (r.unit_id <> 'street' or l.community_id = r.community_id or l.community_id is null)
where r.ledger = 'honour' and l.is_revoked is not true
    and coalesce(date_trunc('month', l.awarded_date) <= r.month, true)
qualify row_number() over (
    partition by l.row_key, r.month order by l.as_of desc, l.unit_id = 'street', l.load_no desc, l.file, l.sheet, l."row"
) = 1
