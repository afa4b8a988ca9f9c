/*
title: 各类会议次数
meaning: 期内听取汇报、重大事项报告、联席会议、职工议事会等各类会议的次数
why: 反映议事协商制度的执行
caveat: 以会议台账为准；街道一级的会议不属于哪个社区，另列，不计入；没有法定次数，按年度计划安排，不考核、不排名
source: 听取汇报与会议台账
owner: 街道总工会
reviewed: 2026-11-23
unit: meeting
measure: 次
kind: count
time: flow
better: none
ledgers: [meeting]
*/
select
    m.meeting_id as unit_id,
    coalesce(m.body, '未写明单位') as unit_name,
    m.community_id,
    m.month,
    m.park_id,
    m.meeting_kind,
    1 as value,
    false as is_approximate,
    m.held_date,
    m.level as union_level,
    m.body,
    m.attendees,
    m.status as implementation,
    m.load_id,
    m.file,
    m.sheet,
    m."row"
from core.meeting as m
where not m.is_street_level
