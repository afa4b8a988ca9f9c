/*
title: 隐患线索（逐条）
meaning: >-
  每条线索一行，对到企业，尚未合并重复线索；同一线索编号以最近一期台账为准，再以最后一次导入为准。
  企业怎样对到名册见 enterprise_match
columns:
  report_id: 线索编号
  report_key: 线索编号的对照码（括号、横线、空格等都不计）
  community_id: 社区代码
  park_id: 园区代码
  enterprise: 企业名称
  enterprise_id: 企业标识（对不上的为空）；规模、登记类型取报告当月的名册
  enterprise_key: 判断是否同一企业的依据：信用代码，否则名册标识，否则名称加社区；“多家企业”一类的为空
  industry: 行业门类（GB/T 4754）
  size_band: 企业的职工人数分段
  ownership: 企业的登记注册类型
  signs: 能识别的全部表征
  sign: 第一个表征（不能识别的为空）
  place: 按报告日期、线索编号的先后
  row_id: 台账行标识
unique: [report_id]
not_null: [report_id, place, row_id]
empty_without: [hazard]
*/
with newest as (
    select *, date_trunc('month', reported_date)::date as reported_month
    from ledger.hazard
    qualify row_number() over (
        partition by row_key order by period_to desc, load_no desc, unit_id = 'street', file, sheet, "row"
    ) = 1
),

-- 有的线索写了信用代码，有的只写名称：同社区同名而代码只有一个的，是同一家
code_of_name as (
    select enterprise_name, community_id, min(enterprise_uscc) as enterprise_uscc
    from newest
    where enterprise_name is not null and community_id is not null
    group by enterprise_name, community_id
    having count(distinct enterprise_uscc) = 1
),

named as (
    select n.*, m.enterprise_id, m.how,
           -- “某园区多家企业”不是一家企业
           case when not regexp_matches(n.enterprise_name, '多家|数家|几家|若干|部分企业|各企业|[0-9二三四五六七八九十]+家企业')
                then n.enterprise_name end as one_name,
           coalesce(n.enterprise_uscc, k.enterprise_uscc) as known_uscc
    from newest as n
    left join core.enterprise_match as m on m.ledger = 'hazard' and n.row_id = m.row_id
    left join code_of_name as k on n.enterprise_name = k.enterprise_name and n.community_id = k.community_id
)

select n.report_no as report_id,
       upper(regexp_replace(n.report_no, '[^0-9A-Za-z一-龥]', '', 'g')) as report_key,
       n.community_id, coalesce(n.park_id, e.park_id) as park_id, n.enterprise_name as enterprise, n.enterprise_id,
       coalesce(
           -- 曾用的代码也对到现在的企业
           case when n.how = 'code' then n.enterprise_id end,
           'uscc:' || n.enterprise_uscc,
           case when n.one_name is not null then coalesce(
               n.enterprise_id, 'uscc:' || n.known_uscc, 'name:' || n.one_name || '|' || n.community_id
           ) end
       ) as enterprise_key,
       e.industry, e.size_band, e.ownership,
       list_filter(n.signs, lambda s: s is not null) as signs, n.signs[1] as sign,
       row_number() over (order by n.reported_date, n.report_no) as place,
       n.row_id
from named as n
left join core.enterprise_month as e on n.enterprise_id = e.enterprise_id and n.reported_month = e.month
