/*
title: 工会组织沿用月表
meaning: >-
  每个月末在册的工会组织（名册沿用的月份也列），各项组织事实各判定一次；工会体检、职代会和厂务公开建制率据此计算。
  状态空白的按在册计；“办理中”按尚未建立计
columns:
  union_id: 工会标识：编码、统一社会信用代码，否则名称
  month: 月份
  union_name: 工会名称
  community_id: 社区代码
  park_id: 园区代码
  union_type: 工会类型
  state: 工会状态
  is_alive: 工会仍在（状态不是筹建、注销或拟撤销）
  is_basic: 基层工会（独立或联合基层工会；类型空白的按名称中有“工会委员会”判断）
  is_federation: 工联会、联合工会（覆盖多家企业）
  is_term_over: 月末任期已届满（没有写任期的为空）
  is_re_electing: 正在换届
  term_end: 任期结束日期，写到台账所写的年、月或日
  committee_members: 委员数（人）
  has_audit_committee: 有经审委员会
  has_women_committee: 有女职工委员会
  has_supervision_committee: 有劳动法律监督委员会
  has_mediation_committee: 有劳动争议调解委员会
  has_workers_congress: 建立职代会制度
  has_open_affairs: 实行厂务公开
  is_legal_person: 取得法人资格
  has_party: 有党组织
  workers: 职工数（人）
  members: 会员数（人）
  as_of: 数据截至
  load_id: 导入批次
  file: 来源文件
  sheet: 来源工作表
  row: 来源行号（Excel 行号，CSV 为物理行号）
unique: [union_id, month]
not_null: [union_id, month, is_alive, is_basic, is_federation, is_re_electing]
empty_without: [union_org]
*/
with held as (
    select l.*, r.month
    from core.report as r
    inner join ledger.union_org as l
        on r.snapshot_id = l.snapshot_id and r.unit_id = l.unit_id and r.as_of = l.as_of
        and (r.unit_id <> 'street' or l.community_id = r.community_id or l.community_id is null)
    left join core.community as c on l.community_id = c.community_id
    where r.ledger = 'union_org'
    qualify row_number() over (
        partition by l.row_key, r.month
        order by l.as_of desc, l.unit_id = 'street', c.official_order nulls last, l.load_no desc, l.file, l.sheet, l."row"
    ) = 1
)

select row_key as union_id, month, name as union_name, community_id, park_id, union_type, status as state,
       coalesce(status not in ('preparing', 'dissolved', 'to_be_dissolved'), true) as is_alive,
       coalesce(union_type in ('1', '2'), name like '%工会委员会') as is_basic,
       coalesce(union_type in ('2', '4', '5', '9'), regexp_matches(name, '工联会|工会联合会|联合工会|联合基层工会')) as is_federation,
       -- 只写到月的，到月末才算届满；只写到年的，年末才算
       case term_end_precision
           when 'day' then term_end < last_day(month)
           when 'month' then last_day(term_end) < last_day(month)
           when 'year' then make_date(year(term_end), 12, 31) < last_day(month)
       end as is_term_over,
       coalesce(status = 're_electing', false) as is_re_electing,
       case term_end_precision when 'year' then strftime(term_end, '%Y年') when 'month' then strftime(term_end, '%Y-%m')
           else strftime(term_end, '%Y-%m-%d') end as term_end,
       committee_members,
       -- “办理中”就是还没有；空白是不详
       audit_committee = 'true' as has_audit_committee,
       women_committee = 'true' as has_women_committee,
       supervision_committee = 'true' as has_supervision_committee,
       mediation_committee = 'true' as has_mediation_committee,
       workers_congress = 'true' as has_workers_congress,
       open_affairs = 'true' as has_open_affairs,
       legal_person = 'true' as is_legal_person,
       party = 'true' as has_party,
       workers, members, as_of, load_id, file, sheet, "row"
from held
