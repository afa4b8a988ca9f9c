/*
title: 工会干部队伍月表
meaning: >-
  每个月所依据的队伍名册里的每个岗位一行（沿用期内的月份也列）。一人几个岗位的各占一行，is_person 只在其中一行为真：
  先看是否计入工会工作人员，再看岗位类别的次序，人数因此不会重复计算；只在一份名册之内辨认，不跨月追踪个人
columns:
  post_id: 岗位标识（名册行的流水号，换一份名册就换）
  month: 月份
  community_id: 社区代码
  park_id: 园区代码
  union_name: 所在工会
  staff_kind: 岗位类别
  position: 职务
  is_on_post: 在岗（状态空白的在名册上就算在岗）
  is_street_level: 街道总工会本级：没有写社区，所在工会是街道总工会
  counts_as_staff: 计入工会工作人员：专职、职业化、社会化、组织员、社工、挂职；兼职、志愿者、调解员、监督员、信息员不计
  is_person: 在岗者的代表行：每人只有一行
  is_staff: 在岗的工会工作人员的代表行
  has_certificate: 有职业证书：同一张表有人填了证书的，空白为没有（整张表都没填的为空）
  certificates: 职业证书
  training_hours: 本年度培训学时（截至名册日）；名册日不在本年的为空；一人几行都写了学时的取最大的一个，不相加
  is_hours_approx: 培训学时为约数
  term_starts_on: 任期开始
  term_ends_on: 任期届满的那一天：写到月的为月末，写到年的不判断；任期一格写了起止的从中读取
  is_relative: 台账写明是近亲属的人（几个岗位里有一个写了就算）
  as_of: 数据截至
  load_id: 导入批次
  file: 来源文件
  sheet: 来源工作表
  row: 来源行号（Excel 行号，CSV 为物理行号）
empty_without: read
unique: [post_id, month]
not_null: [post_id, month, is_on_post, is_street_level, counts_as_staff, is_person, is_staff]
tests:
  离岗的不代表任何人: select 1 from core.staff_month where is_person and not is_on_post
  工作人员都在岗: select 1 from core.staff_month where is_staff and not (is_person and counts_as_staff)
*/
with kinds as (
    select c.code as staff_kind, c.code_order, coalesce(x.value = 'true', false) as counts_as_staff
    from core.code as c
    left join core.code_extra as x on x.list = 'staff_kind' and x.name = 'counts_as_staff' and c.code = x.code
    where c.list = 'staff_kind'
),

told as (
    -- 有证书栏（有人填了）的，空白就是没有
    select snapshot_id, file, sheet, bool_or(len(certificates) > 0) as tells_certificates
    from ledger.staff
    group by snapshot_id, file, sheet
),

-- 证书写了而认不出的，不是没有证书
unread as (
    select distinct load_id, file, sheet, "row" from intake.bad_cell where "column" = 'certificates'
),

listed as (
    select r.month, l.row_id::varchar as post_id, l.community_id, l.park_id, l.union_name, l.staff_kind, l.position,
           l.identity_hash, l.certificates, t.tells_certificates, u."row" is not null as is_unread, l.training_hours,
           -- 没有数字就谈不上约数
           coalesce(l.training_hours_qualifier = 'approx', false) as is_hours_approx,
           l.is_relative = 'true' as is_relative, l.as_of, l.load_id, l.file, l.sheet, l."row",
           coalesce(l.state = 'on_post', true) as is_on_post,
           l.community_id is null and coalesce(regexp_matches(l.union_name, '街道(总工会|工会)|^总工会'), false)
               as is_street_level,
           k.counts_as_staff, k.code_order,
           l.term_start, l.term_start_precision, l.term_end, l.term_end_precision,
           -- 任期一格写起止的：2019.3-2024.3、2019年3月至2024年3月
           regexp_extract_all(l.term, '(\d{4})\s*[年./-]\s*(\d{1,2})', 1) as years,
           regexp_extract_all(l.term, '(\d{4})\s*[年./-]\s*(\d{1,2})', 2) as months,
           -- 只写几年的，从任职时间起算
           case
               when regexp_matches(l.term, '^(三|3)\s*年$') then 3
               when regexp_matches(l.term, '^(五|5)\s*年$') then 5
           end as term_years
    from core.report as r
    inner join ledger.staff as l
        on r.snapshot_id = l.snapshot_id and r.unit_id = l.unit_id and r.as_of = l.as_of
        and (r.unit_id <> 'street' or l.community_id = r.community_id or l.community_id is null)
    inner join told as t on l.snapshot_id = t.snapshot_id and l.file = t.file and l.sheet = t.sheet
    inner join kinds as k on l.staff_kind = k.staff_kind
    left join unread as u on l.load_id = u.load_id and l.file = u.file and l.sheet = u.sheet and l."row" = u."row"
    where r.ledger = 'staff' and r.holds
    qualify row_number() over (partition by l.row_id, r.month order by r.community_id) = 1
),

spans as (
    select *,
           case
               when len(years) = 2 and months[1]::integer between 1 and 12 and months[2]::integer between 1 and 12
                   then make_date(years[1]::integer, months[1]::integer, 1)
           end as told_start,
           case
               when len(years) = 2 and months[1]::integer between 1 and 12 and months[2]::integer between 1 and 12
                   then last_day(make_date(years[2]::integer, months[2]::integer, 1))
           end as told_end
    from listed
),

terms as (
    select *,
           coalesce(case when term_start_precision <> 'year' then term_start end, told_start) as term_starts_on,
           coalesce(
               case term_end_precision when 'day' then term_end when 'month' then last_day(term_end) end, told_end
           ) as written_end
    from spans
),

ranked as (
    select *,
           coalesce(
               written_end,
               case when term_starts_on is not null then (term_starts_on + to_years(term_years) - interval 1 day)::date end
           ) as term_ends_on,
           row_number() over (
               partition by month, coalesce(identity_hash, post_id)
               order by is_on_post desc, counts_as_staff desc, code_order, community_id nulls last, file, sheet, "row"
           ) = 1 as is_first,
           max(training_hours) over (partition by month, coalesce(identity_hash, post_id)) as hours_of_person,
           bool_or(coalesce(len(certificates), 0) > 0) over (partition by month, coalesce(identity_hash, post_id))
               as has_any_certificate,
           bool_or(is_hours_approx) over (partition by month, coalesce(identity_hash, post_id)) as is_about,
           bool_or(is_relative) over (partition by month, coalesce(identity_hash, post_id)) as is_relative_person,
           bool_and(tells_certificates and not is_unread) over (partition by month, coalesce(identity_hash, post_id))
               as is_told
    from terms
)

select post_id, month, community_id, park_id, union_name, staff_kind, position, is_on_post, is_street_level,
       counts_as_staff, is_first and is_on_post as is_person, is_first and is_on_post and counts_as_staff as is_staff,
       case when has_any_certificate then true when is_told then false end as has_certificate,
       certificates, case when is_first and year(as_of) = year(month) then hours_of_person end as training_hours,
       is_first and is_about and year(as_of) = year(month) as is_hours_approx,
       term_starts_on, term_ends_on, is_relative_person as is_relative, as_of, load_id, file, sheet, "row"
from ranked
