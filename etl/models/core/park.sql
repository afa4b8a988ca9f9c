/*
title: 园区
meaning: 代码表中的园区，位置取最新一份园区名册
columns:
  park_id: 园区代码
  park: 园区名称
  community_id: 社区代码
  lon: 经度
  lat: 纬度
unique: [park_id]
not_null: [park_id, park]
*/
with newest as (
    select park_id, community_id, lon, lat
    from ledger.park
    where park_id is not null
    qualify row_number() over (partition by park_id order by as_of desc, snapshot_id desc, file, sheet, "row") = 1
)

select p.code as park_id, p.title as park, n.community_id, n.lon, n.lat
from core.code as p
left join newest as n on p.code = n.park_id
where p.list = 'park'
