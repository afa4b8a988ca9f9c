/*
title: 隐患线索
meaning: >-
  每条隐患线索一行，从报告、核实、定级到转案、化解和奖励；重复线索关联到首报，只有首报按标准奖励。
  信息员只有编号，不作统计
columns:
  report_id: 线索编号
  community_id: 社区代码
  park_id: 园区代码
  enterprise: 企业名称
  enterprise_id: 企业标识（对不上的为空）；规模、登记类型取报告当月的名册
  industry: 行业门类（GB/T 4754）
  size_band: 企业的职工人数分段
  ownership: 企业的登记注册类型
  informant_no: 信息员编号（不作统计）
  informant_kind: 信息员类别
  sign: 第一个表征
  signs: 全部表征
  workers_involved: 涉及人数（人）
  is_workers_approx: 涉及人数为约数
  urgency: 紧急程度
  reported_date: 报告日期
  reported_month: 报告月份
  verified_date: 核实日期（只写到年份的按未填）
  verified_month: 核实月份
  days_to_verify: 从报告到核实的天数（两个日期都精确到日，且已核实）
  verify_result: 核实结果
  is_checked: 已核实：有核实日期，且结果不是待核实
  is_true: 核实属实或部分属实
  level: 定级
  case_no: 转案编号
  dispute_id: 转成的纠纷（编号对不上的为空）
  resolved_date: 化解日期（只写到年份的按未填）
  is_resolved: 已化解
  first_report_id: 首报线索编号（首报即本条）
  is_first: 首报：同一隐患最先报告的一条
  same_reason: 关联理由：ledger 或 ledger:理由代码（台账写明）、same_sign（同一企业、相同表征）；首报为空
  same_reason_text: 关联理由的文字
  reward_standard: 奖励标准（台账所写）
  reward_due_yuan: 应发奖励（台账所写，元）
  reward_standard_yuan: 按报告当日有效的标准和定级应发的奖励（元）；只有属实的首报才有
  reward_paid_yuan: 实发奖励（元）
  is_paid_approx: 实发奖励为约数
  paid_date: 发放日期（只写到年份的按未填）
  paid_month: 发放月份
  load_id: 导入批次
  file: 来源文件
  sheet: 来源工作表
  row: 来源行号（Excel 行号，CSV 为物理行号）
unique: [report_id]
not_null: [report_id, reported_date, reported_month, is_checked, is_true, is_resolved, first_report_id, is_first]
tests:
  一条不少: select 1 where (select count(*) from core.hazard) <> (select count(distinct row_key) from ledger.hazard)
  首报是首报: select h.report_id from core.hazard as h inner join core.hazard as f on h.first_report_id = f.report_id where not f.is_first
empty_without: [hazard]
*/
with standard as (
    select *
    from ledger.reward_standard
    qualify row_number() over (
        partition by row_key order by period_to desc, load_no desc, unit_id = 'street', file, sheet, "row"
    ) = 1
),

-- 报告当日有效的标准：新标准施行而旧标准没写废止日期的，从新
valid as (
    select h.row_id, s.reward_yuan
    from ledger.hazard as h
    inner join standard as s
        on h.level = s.level and s.valid_from <= h.reported_date and h.reported_date <= coalesce(s.valid_to, h.reported_date)
    qualify row_number() over (partition by h.row_id order by s.valid_from desc, s.load_no desc, s.row_key) = 1
),

-- 只写到年份的日期落不到哪个月
dated as (
    select * exclude (community_id, park_id, signs, first_report_no, same_reason) replace (
               case when verified_date_precision <> 'year' then verified_date end as verified_date,
               case when resolved_date_precision <> 'year' then resolved_date end as resolved_date,
               case when paid_date_precision <> 'year' then paid_date end as paid_date
           )
    from ledger.hazard
),

judged as (
    select l.*, h.* exclude (row_id),
           h.verified_date is not null and coalesce(h.verify_result <> 'pending', false) as is_checked,
           coalesce(h.verify_result in ('true', 'partly'), false) as is_true,
           coalesce(k.first_report_id, l.report_id) as first_report_id,
           k.report_id is null as is_first, k.same_reason, k.same_reason_text
    from core.hazard_line as l
    inner join dated as h on l.row_id = h.row_id
    left join core.hazard_link as k on l.report_id = k.report_id
)

select j.report_id, j.community_id, j.park_id, j.enterprise, j.enterprise_id, j.industry, j.size_band, j.ownership,
       j.informant_no, j.informant_kind, j.sign, j.signs, j.workers_involved,
       -- 没有数字就谈不上约数
       coalesce(j.workers_involved_qualifier = 'approx', false) as is_workers_approx,
       j.urgency, j.reported_date, date_trunc('month', j.reported_date)::date as reported_month,
       j.verified_date, date_trunc('month', j.verified_date)::date as verified_month,
       case when j.is_checked and j.reported_date_precision = 'day' and j.verified_date_precision = 'day'
            then date_diff('day', j.reported_date, j.verified_date) end as days_to_verify,
       j.verify_result, j.is_checked, j.is_true, j.level, j.case_no, c.dispute_id,
       j.resolved_date, j.resolved_date is not null as is_resolved,
       j.first_report_id, j.is_first, j.same_reason, j.same_reason_text,
       j.reward_standard, j.reward_due as reward_due_yuan,
       case when j.is_first and j.is_true then v.reward_yuan end as reward_standard_yuan,
       j.reward_paid as reward_paid_yuan, coalesce(j.reward_paid_qualifier = 'approx', false) as is_paid_approx,
       j.paid_date, date_trunc('month', j.paid_date)::date as paid_month,
       j.load_id, j.file, j.sheet, j."row"
from judged as j
left join valid as v on j.row_id = v.row_id
left join core.case_key as c on regexp_replace(j.case_no, '[^0-9A-Za-z一-龥]', '', 'g') = c.case_key
