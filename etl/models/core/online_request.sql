/*
title: 线上办件
meaning: 职工和企业在线上平台的每件申请一行；同一编号以最近一期台账为准，再以最后一次导入为准
columns:
  request_id: 办件编号
  community_id: 社区代码（台账未写的，取信用代码对上的企业所在社区）
  park_id: 园区代码
  enterprise: 涉及企业
  enterprise_id: 涉及企业的标识（对不上的为空）；所在社区、规模取申请当月的名册
  industry: 行业门类（GB/T 4754）
  size_band: 涉及企业的职工人数分段
  ownership: 涉及企业的登记注册类型
  channel: 申请渠道
  item: 事项类型
  applied_date: 申请日期
  applied_month: 申请月份
  accepted_date: 受理日期
  organisation: 承办工会
  transfers: 转办次数
  status: 办理状态
  is_closed: 已终结：已办结、退回或撤回，并有日期
  is_completed: 已办结：不含退回、撤回
  closed_date: 办结（退回、撤回）日期（在办的为空）
  closed_month: 办结（退回、撤回）月份（在办的为空）
  promised_date: 承诺办结日
  due_month: 应办结月份：承诺办结日所在月份，提前办结的为办结月份（不属应办结的为空）
  is_due: 应办结：有承诺办结日，未退回、未撤回
  is_on_time: 按时办结：在承诺办结日当天或以前办结（台账还说不到那一天、办结的状态和日期只写了一样、日期没有写到日的为空）
  satisfaction: 满意度
  is_answered: 已评价：已办结而有评价；同一张表有人评价的，空白为未评价（整张表都没有评价的为空）
  is_satisfied: 满意：非常满意、满意或基本满意（未评价的为空）
  result: 办理成果（只看已办结的）
  linked_no: 关联编号
  dispute_id: 关联编号对上的纠纷
  days_to_result: 申请到办结的天数（只看已办结、两个日期都写到日的）
  load_id: 导入批次
  file: 来源文件
  sheet: 来源工作表
  row: 来源行号（Excel 行号，CSV 为物理行号）
unique: [request_id]
not_null: [request_id, applied_date, applied_month, is_closed, is_completed, is_due]
tests:
  一件不少: select 1 where (select count(*) from core.online_request) <> (select count(distinct row_key) from ledger.online_request)
  应办结有月份: select 1 from core.online_request where is_due <> (due_month is not null)
  在办的没有办结日期: select 1 from core.online_request where is_closed <> (closed_month is not null)
empty_without: [online_request]
*/
with newest as (
    select *
    from ledger.online_request
    qualify row_number() over (
        partition by row_key order by period_to desc, load_no desc, unit_id = 'street', file, sheet, "row"
    ) = 1
),

-- 每张表说到哪一天；有没有人填过满意度
told as (
    select load_id, file, sheet, bool_or(satisfaction is not null) as tells_satisfaction,
           greatest(max(period_to), max(applied_date), max(closed_date)) as told_until
    from ledger.online_request
    group by load_id, file, sheet
),

final_status as (
    select code as status from core.code_extra
    where list = 'online_status' and name = 'is_final' and value = 'true'
),

satisfied as (
    select code as satisfaction, value = 'true' as is_satisfied from core.code_extra
    where list = 'satisfaction' and name = 'is_satisfied'
),

-- 满意度写了而认不出的，不是没有评价
unread as (
    select distinct load_id, file, sheet, "row" from intake.bad_cell
    where "column" = 'satisfaction'
),

judged as (
    select n.*, t.tells_satisfaction, t.told_until, u."row" is not null as is_unread,
           date_trunc('month', n.applied_date)::date as applied_month,
           -- 状态空白的不算终结
           n.closed_date is not null and coalesce(n.status in (select status from final_status), false) as is_closed,
           n.closed_date is not null and coalesce(n.status = 'closed', false) as is_completed,
           n.promised_date is not null and coalesce(n.status not in ('returned', 'withdrawn'), true) as is_due
    from newest as n
    inner join told as t on n.load_id = t.load_id and n.file = t.file and n.sheet = t.sheet
    left join unread as u on n.load_id = u.load_id and n.file = u.file and n.sheet = u.sheet and n."row" = u."row"
),

answered as (
    select *,
           case
               when is_completed and satisfaction is not null then satisfaction <> 'none'
               when is_completed and tells_satisfaction and not is_unread then false
           end as is_answered
    from judged
)

select j.request_no as request_id,
       coalesce(j.community_id, e.community_id) as community_id,
       coalesce(j.park_id, e.park_id) as park_id,
       coalesce(j.enterprise_name, e.enterprise) as enterprise, m.enterprise_id,
       e.industry, e.size_band, e.ownership,
       j.channel, j.item, j.applied_date, j.applied_month, j.accepted_date, j.organisation, j.transfers, j.status,
       j.is_closed, j.is_completed,
       case when j.is_closed then j.closed_date end as closed_date,
       case when j.is_closed then date_trunc('month', j.closed_date)::date end as closed_month,
       j.promised_date,
       case
           when j.is_due and j.is_completed and j.closed_date < j.promised_date
               then date_trunc('month', j.closed_date)::date
           when j.is_due then date_trunc('month', j.promised_date)::date
       end as due_month,
       j.is_due,
       case
           when not j.is_due or j.promised_date_precision <> 'day' or j.closed_date_precision <> 'day' then null
           when j.is_completed then j.closed_date <= j.promised_date
           -- 终结的状态和日期只写了一样的，也说不准
           when j.status = 'closed' or j.closed_date is not null or j.promised_date > j.told_until then null
           else false
       end as is_on_time,
       j.satisfaction,
       j.is_answered,
       case when j.is_answered then s.is_satisfied end as is_satisfied,
       case when j.is_completed then j.result end as result,
       j.linked_no, k.dispute_id,
       case
           when j.is_completed and j.applied_date_precision = 'day' and j.closed_date_precision = 'day'
               then j.closed_date - j.applied_date
       end as days_to_result,
       j.load_id, j.file, j.sheet, j."row"
from answered as j
left join core.enterprise_match as m on m.ledger = 'online_request' and j.row_id = m.row_id
left join core.enterprise_month as e on m.enterprise_id = e.enterprise_id and e.month = j.applied_month
left join satisfied as s on j.satisfaction = s.satisfaction
left join core.case_key as k on k.case_key = regexp_replace(j.linked_no, '[^0-9A-Za-z一-龥]', '', 'g')
