/*
title: 劳资纠纷
meaning: 每宗纠纷一行；同一案号以最近一期台账为准，再以最后一次导入为准
columns:
  dispute_id: 案件编号
  community_id: 社区代码
  park_id: 园区代码
  enterprise: 企业名称
  enterprise_id: 当事企业的标识（对不上的为空）；规模、登记类型取受理当月的名册
  industry: 行业门类（GB/T 4754）
  size_band: 当事企业的职工人数分段
  ownership: 当事企业的登记注册类型
  channel: 来源渠道
  cause: 主要案由
  causes: 全部案由
  outcome: 办理结果
  received_date: 受理日期
  received_month: 受理月份
  closed_date: 办结日期（未办结为空）
  closed_month: 办结月份（未办结为空）
  is_closed: 已办结：有办结日期且结果为终结性结果
  is_mediated: 调解成功；“和解”是否计入是一项设置
  is_agreed: 达成协议：已办结，结果为调解成功或和解，或已写明协议金额
  workers_involved: 涉及职工人数（人）
  is_workers_approx: 职工数为约数
  group_band: 涉及人数分组（1／2—9／10—29／30—49／50—99／100人以上；人数不详的为空）
  is_group: 集体纠纷：10人以上（人数不详的为空）
  is_mass: 群体性纠纷：30人以上（人数不详的为空）
  amount_claimed_yuan: 诉求金额（元）
  is_claimed_approx: 诉求金额为约数
  amount_agreed_yuan: 协议金额（元）
  is_agreed_approx: 协议金额为约数
  amount_paid_yuan: 已兑现金额（元）
  is_paid_approx: 已兑现金额为约数
  load_id: 导入批次
  file: 来源文件
  sheet: 来源工作表
  row: 来源行号（Excel 行号，CSV 为物理行号）
unique: [dispute_id]
not_null: [dispute_id, received_date, received_month, is_closed, is_mediated, is_agreed]
tests:
  一宗不少: select 1 where (select count(*) from core.dispute) <> (select count(distinct row_key) from ledger.dispute)
empty_without: [dispute]
*/
with newest as (
    select *
    from ledger.dispute
    qualify row_number() over (
        partition by row_key order by period_to desc, load_no desc, unit_id = 'street', file, sheet, "row"
    ) = 1
),

setting as (
    select value = 'true' as settlement_counts from core.setting where key = 'settlement_counts'
),

judged as (
    select n.*,
           date_trunc('month', n.received_date)::date as received_month,
           -- 结果空白的不算办结
           n.closed_date is not null and coalesce(n.outcome in (select outcome from core.terminal_outcome), false)
               as is_closed,
           s.settlement_counts
    from newest as n
    cross join setting as s
),

-- 分组左闭右开：自本组起点到下一组起点之前；各组的起点、是否集体（群体性）写在代码表里
band as (
    select code as group_band,
           max(case when name = 'at_least' then cast(value as integer) end) as at_least,
           bool_or(name = 'is_group' and value = 'true') as is_group,
           bool_or(name = 'is_mass' and value = 'true') as is_mass
    from core.code_extra
    where list = 'group_band'
    group by code
),

bands as (
    select *, lead(at_least) over (order by at_least) as below
    from band
)

select j.case_no as dispute_id, j.community_id,
       coalesce(j.park_id, e.park_id) as park_id,
       j.enterprise_name as enterprise, m.enterprise_id,
       coalesce(j.industry, e.industry) as industry,
       e.size_band, e.ownership,
       j.channel, j.causes[1] as cause, j.causes, j.outcome, j.received_date, j.received_month,
       case when j.is_closed then j.closed_date end as closed_date,
       case when j.is_closed then date_trunc('month', j.closed_date)::date end as closed_month,
       j.is_closed,
       j.is_closed and (j.outcome = 'mediated' or (j.outcome = 'settled' and j.settlement_counts)) as is_mediated,
       j.is_closed and (j.outcome in ('mediated', 'settled') or j.amount_agreed is not null) as is_agreed,
       j.workers_involved,
       -- 没有数字就谈不上约数（金额同）
       coalesce(j.workers_involved_qualifier = 'approx', false) as is_workers_approx,
       b.group_band,
       b.is_group, b.is_mass,
       j.amount_claimed as amount_claimed_yuan,
       coalesce(j.amount_claimed_qualifier = 'approx', false) as is_claimed_approx,
       j.amount_agreed as amount_agreed_yuan,
       coalesce(j.amount_agreed_qualifier = 'approx', false) as is_agreed_approx,
       j.amount_paid as amount_paid_yuan,
       coalesce(j.amount_paid_qualifier = 'approx', false) as is_paid_approx,
       j.load_id, j.file, j.sheet, j."row"
from judged as j
left join core.enterprise_match as m on m.ledger = 'dispute' and j.row_id = m.row_id
-- 受理当月名册里没有的，规模、登记类型为不详
left join core.enterprise_month as e on m.enterprise_id = e.enterprise_id and e.month = j.received_month
left join bands as b
    on j.workers_involved >= b.at_least and (j.workers_involved < b.below or b.below is null)
