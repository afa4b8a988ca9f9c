/*
title: 阵地功能室的写法
meaning: 功能室一格的每种原文拆成的名称：认得的写法换成统一名称，名单里没有的照写（名单是开放的）；“就业、创业”是一间，不拆
columns:
  rooms: 功能室一格的原文
  names: 功能室名称
  is_open: 后面写了“等”，没有列全
unique: [rooms]
not_null: [rooms, names, is_open]
empty_without: [facility]
*/
with written as (
    select distinct rooms, regexp_matches(rooms, '等(\d+间|功能室|场室)?\s*$') as is_open,
           regexp_replace(
               regexp_replace(rooms, '就业[、/]创业', '就业创业'), '等(\d+间|功能室|场室)?\s*$', ''
           ) as listed
    from ledger.facility
    where rooms is not null
),

parted as (
    select rooms, is_open, regexp_split_to_array(listed, '[、，,；;/\s]+') as parts
    from written
),

named as (
    select rooms, is_open, unnest(parts) as name, generate_subscripts(parts, 1) as place
    from parted
)

select n.rooms, list(coalesce(c.title, n.name) order by n.place) as names, n.is_open
from named as n
left join core.alias as a on a.list = 'facility_room' and n.name = a.raw
left join core.code as c on c.list = 'facility_room' and a.code = c.code
where n.name <> ''
group by n.rooms, n.is_open
