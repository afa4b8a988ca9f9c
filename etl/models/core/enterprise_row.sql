/*
title: 企业名册行
meaning: >-
  企业名册的每一行，事实各判定一次：在营、单独建会、覆盖、已建会（不详为空）、会员数（未建会又未覆盖的为0）、职工人数分段
kind: view
columns:
  row_id: 行的流水号
  load_id: 导入批次
  load_no: 导入批次的先后序号
  snapshot_id: 属于哪份快照
  file: 来源文件
  sheet: 来源工作表
  row: 来源行号（Excel 行号，CSV 为物理行号）
  unit_id: 报送单位（社区代码或 street）
  as_of: 数据截至
  enterprise_id: 企业标识：统一社会信用代码，否则组织机构代码、注册号、名称；认定是同一企业的（曾用代码、改名等）用同一个
  enterprise: 企业名称
  uscc: 统一社会信用代码
  community_id: 社区代码
  park_id: 园区代码
  industry: 行业门类（GB/T 4754）
  ownership: 登记注册类型
  status: 经营状态
  union_status: 建会状态
  union_name: 所属工会（原文）
  is_operating: 辖区企业（经营状态空白的计入；不计入的状态是一项设置）
  is_own_union: 单独建会
  is_covered: 联合建会、工联会覆盖或所属工会写明工联会（几个都写的算一次）
  has_union: 已建会（单独或覆盖）；不详为空
  is_above_scale: 规上（四上名录）
  workers: 职工数（人）
  is_workers_approx: 职工数为约数
  members: 会员数；既未单独建会又未被覆盖的为0
  is_members_approx: 会员数为约数
  size_band: 职工人数分段
  lon: 经度（WGS84）
  lat: 纬度（WGS84）
  located_by: 社区如何确定：column、unit、address、coordinates
  union_formed_date: 建会日期（精确到日或月）
tests:
  每行都在台账里，事实都有判定: >-
    select 1 where (
        select count(*) from core.enterprise_row
        where is_operating is not null and is_own_union is not null and is_covered is not null
    ) <> (select count(*) from ledger.enterprise)
*/
with setting as (
    select value as non_operating from core.setting where key = 'non_operating'
),

read as (
    select l.*, coalesce(a.enterprise_id, l.row_key) as enterprise_id,
           -- 状态空白的按在营计，校验里会提醒：漏掉一家在营企业会抬高建会率
           coalesce(not contains(s.non_operating, '"' || l.status || '"'), true) as is_operating,
           -- 空白不等于单独建会；不详由 has_union 为空表示
           coalesce(l.union_status = 'own', false) as is_own_union,
           coalesce(regexp_matches(l.union_name, '工联会|工会联合会|联合工会|联合基层工会'), false) as names_federation
    from ledger.enterprise as l
    cross join setting as s
    left join core.enterprise_alias as a on l.row_key = a.row_key
),

judged as (
    select *,
           -- 建会状态空白且未写工联会的，不能判为覆盖
           not is_own_union
           and (coalesce(union_status in ('joint', 'federation'), false) or names_federation) as is_covered
    from read
),

unionised as (
    select *,
           case
               when is_own_union or is_covered then true
               when union_status in ('preparing', 'none') then false
           end as has_union
    from judged
)

select row_id, load_id, load_no, snapshot_id, file, sheet, "row", unit_id, as_of,
       enterprise_id, name as enterprise, uscc, community_id, park_id, industry, ownership, status, union_status,
       union_name, is_operating, is_own_union, is_covered, has_union, is_above_scale,
       workers,
       -- 没有数字就谈不上约数
       coalesce(workers_qualifier = 'approx', false) as is_workers_approx,
       case when has_union = false then 0 else members end as members,
       coalesce(has_union is distinct from false and members_qualifier = 'approx', false) as is_members_approx,
       case
           when workers < 25 then '<25'
           when workers < 100 then '25-99'
           when workers < 300 then '100-299'
           when workers < 500 then '300-499'
           when workers < 1000 then '500-999'
           when workers >= 1000 then '>=1000'
       end as size_band,
       lon, lat, located_by,
       case when union_formed_date_precision in ('day', 'month') then union_formed_date end as union_formed_date
from unionised
