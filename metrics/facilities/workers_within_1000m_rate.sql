/*
title: 阵地1,000米内职工占比
meaning: 所在企业离最近的在用阵地直线距离不超过1,000米的职工 ÷ 在经营企业的职工人数
why: 反映职工走不走得到工会阵地
caveat: 直线距离，不是步行距离；按企业的位置算，不是职工的住处。没有经纬度、没有职工数的企业分子分母都不计，列为缺项；没有经纬度的阵地、写明在另一处阵地里面的，不参加计算；在用阵地都没有经纬度的月份无法计算
source: 职工之家和阵地台账、企业台账
owner: 街道总工会
reviewed: 2026-11-23
unit: enterprise
measure: 人
kind: ratio
over: workers
time: stock
better: higher
interval: none
ledgers: [facility, enterprise]
universe: enterprise
*/
select
    e.enterprise_id as unit_id,
    e.enterprise as unit_name,
    e.community_id,
    e.month,
    e.park_id,
    e.industry,
    e.size_band,
    e.ownership,
    e.union_status,
    case
        when e.lon is null or e.lat is null then null
        -- 阵地都没有经纬度的，远近不知道
        when l.unlocated > 0 and l.layout is null then null
        when r.distance_m <= 1000 then e.workers
        when e.workers is not null then 0
    end as value,
    e.workers as base,
    e.is_workers_approx as is_approximate,
    r.facility as nearest_facility,
    round(r.distance_m) as distance_m,
    e.lon,
    e.lat,
    e.load_id,
    e.file,
    e.sheet,
    e."row"
from core.enterprise_month as e
left join core.facility_layout as l on e.month = l.month
left join core.facility_reach as r on l.layout = r.layout and e.lon = r.lon and e.lat = r.lat
where e.is_operating
