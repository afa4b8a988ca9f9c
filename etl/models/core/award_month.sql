/*
title: 和谐创建月表
meaning: 每个月末在册的和谐企业、和谐园区创建，一家企业（一个园区）的一个级别一行；称号有效：已达标或表彰，月末在有效期内
columns:
  award_id: 标识：台账行的键
  holder_id: 创建单位的标识：企业标识、园区代码，对不上的取名称
  month: 月份
  holder: 创建单位
  kind: 创建类别：企业、园区
  level: 级别
  stage: 创建阶段
  awarded_date: 达标日期，写到台账所写的年、月或日（下同）
  term_end: 称号有效期至
  enterprise_id: 企业标识（对不上的、园区的为空）
  community_id: 社区代码（台账未写的，取对上的企业、园区所在社区）
  park_id: 园区代码
  industry: 行业门类（GB/T 4754）
  size_band: 职工人数分段
  ownership: 登记注册类型
  is_current: 称号有效：已达标或表彰，月末在有效期内（没有写有效期的算有效）
  load_id: 导入批次
  file: 来源文件
  sheet: 来源工作表
  row: 来源行号（Excel 行号，CSV 为物理行号）
unique: [award_id, month]
not_null: [award_id, holder_id, month, holder, kind, stage, is_current]
empty_without: [award]
*/
with held as (
    select l.*, r.month, last_day(r.month) as month_end
    from core.report as r
    inner join ledger.award as l
        on r.snapshot_id = l.snapshot_id and r.unit_id = l.unit_id and r.as_of = l.as_of
        and (r.unit_id <> 'street' or l.community_id = r.community_id or l.community_id is null)
    where r.ledger = 'award'
    qualify row_number() over (
        partition by l.row_key, r.month order by l.as_of desc, l.unit_id = 'street', l.load_no desc, l.file, l.sheet, l."row"
    ) = 1
),

reached as (
    select code as stage from core.code_extra
    where list = 'award_stage' and name = 'is_reached' and value = 'true'
)

select h.row_key as award_id,
       case when h.kind = 'park' then coalesce(h.park_id, h.enterprise_name) else coalesce(m.enterprise_id, h.enterprise_name) end
           as holder_id,
       h.month, h.enterprise_name as holder, h.kind, h.level, h.stage,
       case h.awarded_date_precision when 'year' then strftime(h.awarded_date, '%Y年') when 'month' then strftime(h.awarded_date, '%Y-%m')
           else strftime(h.awarded_date, '%Y-%m-%d') end as awarded_date,
       case h.term_end_precision when 'year' then strftime(h.term_end, '%Y年') when 'month' then strftime(h.term_end, '%Y-%m')
           else strftime(h.term_end, '%Y-%m-%d') end as term_end,
       case when h.kind = 'enterprise' then m.enterprise_id end as enterprise_id,
       coalesce(h.community_id, e.community_id, p.community_id) as community_id, coalesce(h.park_id, e.park_id) as park_id,
       e.industry, e.size_band, e.ownership,
       h.stage in (select stage from reached)
           and coalesce(date_trunc('month', h.awarded_date) <= h.month, true)
           and coalesce(
               case h.term_end_precision
                   when 'day' then h.term_end >= h.month_end
                   when 'month' then last_day(h.term_end) >= h.month_end
                   -- 只写到年的，到年末
                   when 'year' then make_date(year(h.term_end), 12, 31) >= h.month_end
               end, true
           ) as is_current,
       h.load_id, h.file, h.sheet, h."row"
from held as h
left join core.enterprise_match as m on m.ledger = 'award' and h.row_id = m.row_id and h.kind = 'enterprise'
left join core.enterprise_month as e on m.enterprise_id = e.enterprise_id and h.month = e.month
left join core.park as p on h.kind = 'park' and h.park_id = p.park_id
