/*
title: 阵地月表
meaning: 每个月在册的阵地，一处一行（沿用的月份照列）；写明“所在阵地”的是另一处的一部分，不另计处数和面积
columns:
  facility_id: 阵地标识：编号，否则名称、社区和地址
  month: 月份
  facility: 阵地名称
  kind: 阵地类型
  within: 所在阵地（是另一处的一部分的才有）
  union_name: 所属工会
  community_id: 社区代码
  park_id: 园区代码
  address: 地址
  lon: 经度（WGS84）
  lat: 纬度（WGS84）
  area_m2: 面积（平方米）
  is_area_approx: 面积为约数
  built_date: 建成日期
  hours: 开放时间
  build_mode: 建设方式
  rooms: 功能室名称（写法不一的统一，名单里没有的照写）
  is_rooms_open: 功能室后面写了“等”，没有列全
  equipment: 设施（原文）
  tier: 等级（全国、省、市、区、街道、合格；未评定的为空）
  star: 星级（1—5；未评的为空）
  awarded: 获评年度（原文）
  awarded_by: 授牌单位
  annual_input_yuan: 年投入（元）
  visits: 本年1月至数据截至日的服务人次；统计期间不是这一段又推不出的、数据截至日不在本年的（沿用上年的名册）为空
  visits_before: 其中由上半年名册另加的（没有另加的为空）
  is_visits_approx: 服务人次为约数
  visits_daily: 日均服务人次（不折算）
  has_six: 六项全部达标；有一项没有写明的为空，写明有一项不达标的为否
  status: 状态
  is_in_use: 在用（状态空白的计入；停用、拆除、撤销的不计）
  is_part: 是另一处阵地的一部分
  is_counted: 计入：在用，且不是另一处的一部分
  as_of: 数据截至
  load_id: 导入批次
  file: 来源文件
  sheet: 来源工作表
  row: 来源行号（Excel 行号，CSV 为物理行号）
unique: [facility_id, month]
not_null: [facility_id, month, facility, is_in_use, is_part, is_counted]
tests:
  在册阵地一处不少: >-
    select r.month from core.report as r
    inner join ledger.facility as l
        on r.snapshot_id = l.snapshot_id and r.unit_id = l.unit_id and r.as_of = l.as_of
        and (r.unit_id <> 'street' or l.community_id = r.community_id or l.community_id is null)
    where r.ledger = 'facility'
    group by r.month
    having count(distinct l.row_key) <> (select count(*) from core.facility_month as f where f.month = r.month)
empty_without: [facility]
*/
with listed as (
    select r.month, l.*
    from core.report as r
    inner join ledger.facility as l
        on r.snapshot_id = l.snapshot_id and r.unit_id = l.unit_id and r.as_of = l.as_of
        and (r.unit_id <> 'street' or l.community_id = r.community_id or l.community_id is null)
    left join core.community as c on l.community_id = c.community_id
    where r.ledger = 'facility'
    qualify row_number() over (
        partition by l.row_key, r.month
        order by l.as_of desc, l.unit_id = 'street', c.official_order nulls last, l.load_no desc, l.file, l.sheet,
                 l."row"
    ) = 1
),

-- 填的是不是本年累计（没有写明的按本年累计）；下半年新建的没有上半年
period as (
    select row_id, visits_half is null and coalesce(visits_period, 'year') = 'year' as is_year,
           coalesce(built_date >= make_date(year(as_of), 7, 1) and built_date_precision <> 'year', false) as is_new
    from ledger.facility
),

not_in_use as (
    select code as status from core.code_extra
    where list = 'facility_status' and name = 'is_in_use' and value = 'false'
),

judged as (
    select l.*,
           -- 状态空白的按在用计，校验里会提醒
           coalesce(l.status not in (select status from not_in_use), true) as is_in_use,
           l.within is not null as is_part,
           coalesce(l.star, case when l.tier like 'star%' then right(l.tier, 1) end) as star_code,
           case
               when l.tier not like 'star%' and l.tier <> 'none' then l.tier
               when l.is_national then 'national'
               when l.is_provincial then 'province'
           end as tier_code,
           case
               when year(l.as_of) <> year(l.month) then null
               when n.is_year then l.visits
               when month(l.as_of) <= 6 then f.visits
               when n.is_new then s.visits
               else f.visits + s.visits
           end as visits_ytd,
           case when year(l.as_of) = year(l.month) and not n.is_year and month(l.as_of) > 6 and not n.is_new and s.visits is not null
               then f.visits end as visits_before,
           case
               when n.is_year then coalesce(l.visits_qualifier = 'approx', false)
               -- 没有那半年的行，也就没有约数
               else coalesce(s.is_approx, false) or (not n.is_new and coalesce(f.is_approx, false))
           end as is_visits_approx
    from listed as l
    inner join period as n on l.row_id = n.row_id
    left join core.facility_half as f on l.row_key = f.facility_id and year(l.as_of) = f.year and f.is_first
    left join core.facility_half as s
        on l.row_key = s.facility_id and year(l.as_of) = s.year and not s.is_first and month(l.as_of) > 6
),

-- 六项分列的逐项看；只写一格的，没有写到的就是不达标
six as (
    select *,
           case
               when six_have is not null
                   then list_contains(six_have, 'all')
                       or (
                           list_contains(six_have, 'sign') and list_contains(six_have, 'layout')
                           and list_contains(six_have, 'equipment') and list_contains(six_have, 'function')
                           and list_contains(six_have, 'rules') and list_contains(six_have, 'map')
                       )
               when not six_sign or not six_layout or not six_equipment or not six_function or not six_rules
                    or not six_map then false
               when six_sign and six_layout and six_equipment and six_function and six_rules and six_map then true
           end as has_six
    from judged
)

select l.row_key as facility_id, l.month, l.name as facility, l.kind, l.within, l.union_name, l.community_id, l.park_id,
       l.address, l.lon, l.lat, l.area_m2,
       -- 没有数字就谈不上约数
       coalesce(l.area_m2_qualifier = 'approx', false) as is_area_approx,
       l.built_date, l.hours, l.build_mode, r.names as rooms,
       coalesce(r.is_open, false) as is_rooms_open, -- 没有写功能室，也就没有“等”
       l.equipment, l.tier_code as tier, nullif(l.star_code, '0')::integer as star, l.awarded, l.awarded_by,
       l.annual_input_yuan, l.visits_ytd as visits, l.visits_before, l.visits_ytd is not null and l.is_visits_approx as is_visits_approx,
       coalesce(l.visits_daily, case when l.visits_period = 'day' then l.visits end) as visits_daily, l.has_six, l.status,
       l.is_in_use, l.is_part, l.is_in_use and not l.is_part as is_counted,
       l.as_of, l.load_id, l.file, l.sheet, l."row"
from six as l
left join core.facility_room as r on l.rooms = r.rooms
