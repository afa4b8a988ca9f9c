/*
title: 听取汇报与会议
meaning: 每次会议一行；同一编号（没有编号的，同一类型、日期、单位）以最近一期台账为准，再以最后一次导入为准
columns:
  meeting_id: 会议标识
  meeting_kind: 会议类型
  held_date: 召开日期
  month: 召开月份
  level: 会议层级
  community_id: 社区代码
  park_id: 园区代码
  enterprise: 企业名称
  is_street_level: 街道一级的会议，不属于哪个社区
  body: 召集单位
  attendees: 参会人数
  matters: 议定事项数
  status: 议定事项落实情况
  planned_times: 台账所写的年度计划次数
  load_id: 导入批次
  file: 来源文件
  sheet: 来源工作表
  row: 来源行号（Excel 行号，CSV 为物理行号）
empty_without: read
unique: [meeting_id]
not_null: [meeting_id, meeting_kind, held_date, month, is_street_level]
tests:
  一次不少: select 1 where (select count(*) from core.meeting) <> (select count(distinct row_key) from ledger.meeting)
*/
select row_key as meeting_id, meeting_kind, held_date, date_trunc('month', held_date)::date as month, level,
       community_id, park_id, enterprise_name as enterprise,
       community_id is null and coalesce(level in ('street', 'district'), false) as is_street_level,
       body, attendees, matters, status, planned_times, load_id, file, sheet, "row"
from ledger.meeting
qualify row_number() over (
    partition by row_key order by period_to desc, load_no desc, unit_id = 'street', file, sheet, "row"
) = 1
