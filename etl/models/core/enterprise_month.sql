/*
title: 企业月表
meaning: >-
  每个月在册的企业，一企一行；两处同时登记的，取截至日最新的名册，再取社区自己的名册、有信用代码的一行、
  官方顺序在前的社区
columns:
  enterprise_id: 企业标识
  month: 月份
  enterprise: 企业名称
  uscc: 统一社会信用代码
  community_id: 社区代码
  park_id: 园区代码
  industry: 行业门类（GB/T 4754）
  size_band: 职工人数分段
  ownership: 登记注册类型
  status: 经营状态
  union_status: 建会状态
  is_operating: 辖区企业（经营状态空白的计入）
  is_own_union: 单独建会
  is_covered: 联合建会或工联会覆盖
  has_union: 已建会（单独或覆盖）；不详为空
  is_above_scale: 规上（四上名录）
  workers: 职工数（人）
  is_workers_approx: 职工数为约数
  members: 会员数（人）
  is_members_approx: 会员数为约数
  lon: 经度（WGS84）
  lat: 纬度（WGS84）
  located_by: 社区如何确定：column、unit、address、coordinates
  union_formed_date: 建会日期（精确到日或月）
  as_of: 所依据名册的截至日
  load_id: 导入批次
  file: 来源文件
  sheet: 来源工作表
  row: 来源行号（Excel 行号，CSV 为物理行号）
unique: [enterprise_id, month]
not_null: [enterprise_id, month, load_id, file, sheet, row]
tests:
  在册企业一家不少: >-
    select r.month from core.report as r
    inner join ledger.enterprise as l
        on r.snapshot_id = l.snapshot_id and r.unit_id = l.unit_id and r.as_of = l.as_of
        and (r.unit_id <> 'street' or l.community_id = r.community_id or l.community_id is null)
    left join core.enterprise_alias as a on l.row_key = a.row_key
    where r.ledger = 'enterprise' and r.month in (
        select month from core.report where ledger = 'enterprise' and state in ('received', 'nil')
    )
    group by r.month
    having count(distinct coalesce(a.enterprise_id, l.row_key)) <> (
        select count(*) from core.enterprise_month as e where e.month = r.month
    )
  每家都在名册里: >-
    select e.enterprise_id from core.enterprise_month as e
    anti join ledger.enterprise as l
        on e."row" = l."row" and e.enterprise = l.name and e.load_id = l.load_id and e.file = l.file
        and e.sheet = l.sheet and e.workers is not distinct from l.workers and e.uscc is not distinct from l.uscc
empty_without: [enterprise]
*/
-- 两处同时登记的企业很少：只对它们排先后，整张表不排序（排序曾占导入时间的一半）
with listed as (
    select r.month, l.row_id, coalesce(a.enterprise_id, l.row_key) as enterprise_id
    from core.report as r
    inner join ledger.enterprise as l
        on r.snapshot_id = l.snapshot_id and r.unit_id = l.unit_id and r.as_of = l.as_of
        and (r.unit_id <> 'street' or l.community_id = r.community_id or l.community_id is null)
    left join core.enterprise_alias as a on l.row_key = a.row_key
    where r.ledger = 'enterprise'
),

contested as (
    select enterprise_id, month
    from listed
    group by enterprise_id, month
    having count(*) > 1
),

ranked as (
    select i.row_id, i.month,
           row_number() over (
               partition by i.enterprise_id, i.month
               order by l.as_of desc, l.unit_id = 'street',
                        case split_part(l.row_key, ':', 1) when 'uscc' then 1 when 'org_code' then 2 when 'reg_no' then 3 else 4 end,
                        c.official_order nulls last, l.load_no desc, l.file, l.sheet, l."row"
           ) as place
    from listed as i
    inner join contested as t on i.enterprise_id = t.enterprise_id and i.month = t.month
    inner join ledger.enterprise as l on i.row_id = l.row_id
    left join core.community as c on l.community_id = c.community_id
),

counted as (
    select i.month, i.row_id
    from listed as i
    left join contested as t on i.enterprise_id = t.enterprise_id and i.month = t.month
    where t.enterprise_id is null
    union all
    select month, row_id
    from ranked
    where place = 1
    order by month  -- 只为让按月查询少读；先排这两列，再接上宽行
)

select l.enterprise_id, n.month, l.enterprise, l.uscc, l.community_id, l.park_id, l.industry, l.size_band, l.ownership, l.status,
       l.union_status, l.is_operating, l.is_own_union, l.is_covered, l.has_union, l.is_above_scale, l.workers,
       l.is_workers_approx, l.members, l.is_members_approx, l.lon, l.lat, l.located_by, l.union_formed_date,
       l.as_of, l.load_id, l.file, l.sheet, l."row"
from counted as n
inner join core.enterprise_row as l on n.row_id = l.row_id
