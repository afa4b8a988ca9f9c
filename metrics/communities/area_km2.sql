/*
title: 面积
meaning: 社区名册所写的辖区面积；全街道为各社区之和
why: 社区的大小，是看其他数字的背景
caveat: 以最新一份社区名册为准，名册没有重报的沿用；未写面积的社区列为缺项，不按0计
source: 社区基本情况台账
owner: 街道总工会办公室
reviewed: 2026-11-23
unit: community
measure: 平方公里
kind: count
time: stock
decimals: 2
better: none
ledgers: [community]
*/
select
    m.community_id as unit_id,
    c.community as unit_name,
    m.community_id,
    m.month,
    m.area_km2 as value,
    m.is_area_approx as is_approximate,
    m.load_id,
    m.file,
    m.sheet,
    m."row"
from core.community_month as m
inner join core.community as c on m.community_id = c.community_id
-- 首份社区名册之前的月份，名册里没有这一行
where m.load_id is not null
