/*
title: 制度月表
meaning: 每个月所依据的制度名册里的每项制度一行（沿用期内的月份也列）；在执行：施行日期（没写的看印发日期）不晚于月末，月末尚未废止
columns:
  rule_id: 制度标识
  month: 月份
  rule_no: 制度编号
  rule: 制度名称
  document_no: 文号
  level: 层级
  rule_kind: 制度类别
  community_id: 社区代码
  park_id: 园区代码
  enterprise: 企业名称
  is_street_level: 街道或区的制度，不属于哪个社区
  issued_date: 印发日期
  effective_date: 施行日期（没写的取印发日期）
  revised_date: 修订日期
  repealed_date: 废止日期
  is_in_force: 月末在执行（没有日期的，在名册上就算；施行日期晚于名册截至日的还不算；日期写了而认不出的为空）
  basis: 依据文件
  is_displayed: 上墙公示
  status: 落实情况
  times_used: 执行记录次数
  checked_date: 检查日期
  as_of: 数据截至
  load_id: 导入批次
  file: 来源文件
  sheet: 来源工作表
  row: 来源行号（Excel 行号，CSV 为物理行号）
empty_without: read
unique: [rule_id, month]
not_null: [rule_id, month, rule, is_street_level]
*/
with unread as (
    select distinct load_id, file, sheet, "row" from intake.bad_cell
    where "column" in ('issued_date', 'effective_date', 'repealed_date') and severity = 'warning'
        and code not in ('date_precision', 'two_digit_year', 'future_date')
),

-- 施行日期晚于名册截至日的，还没有施行；废止日期晚于截至日的，还没有废止
not_yet as (
    select distinct load_id, file, sheet, "row" from intake.bad_cell
    where "column" = 'effective_date' and code = 'future_date'
),

listed as (
    select r.month, (r.month + interval 1 month - interval 1 day)::date as month_end, l.*,
           coalesce(l.effective_date, l.issued_date) as starts_on,
           coalesce(l.effective_date_precision, l.issued_date_precision) as starts_precision,
           l.community_id is null and coalesce(l.level in ('street', 'district'), false) as is_street_level,
           u."row" is not null as is_unread, n."row" is not null as is_not_yet
    from core.report as r
    inner join ledger.rule as l
        on r.snapshot_id = l.snapshot_id and r.unit_id = l.unit_id and r.as_of = l.as_of
        and (r.unit_id <> 'street' or l.community_id = r.community_id or l.community_id is null)
    left join unread as u on l.load_id = u.load_id and l.file = u.file and l.sheet = u.sheet and l."row" = u."row"
    left join not_yet as n on l.load_id = n.load_id and l.file = n.file and l.sheet = n.sheet and l."row" = n."row"
    where r.ledger = 'rule' and r.holds
    qualify row_number() over (
        partition by l.row_key, r.month
        order by l.as_of desc, l.unit_id = 'street', l.load_no desc, l.file, l.sheet, l."row"
    ) = 1
)

select row_key as rule_id, month, rule_no, name as rule, document_no, level, rule_kind, community_id, park_id,
       enterprise_name as enterprise, is_street_level, issued_date, starts_on as effective_date, revised_date,
       repealed_date,
       case
           when repealed_date <= month_end or is_not_yet then false
           when is_unread then null
           -- 只写到年的，当年12月起才算
           when starts_precision = 'year' then (date_trunc('year', starts_on) + interval 11 month)::date <= month
           else coalesce(starts_on <= month_end, true)
       end as is_in_force,
       basis, is_displayed = 'true' as is_displayed, status, times_used, checked_date, as_of, load_id, file, sheet, "row"
from listed
