/*
title: 常住人口
meaning: 社区名册所写的常住人口；全街道为各社区之和
why: 社区服务对象的规模，是看其他数字的背景
caveat: 以最新一份社区名册为准，名册没有重报的沿用，人口会与当月实际有出入；填“约”的按所填数计入并标“约”；未写的列为缺项
source: 社区基本情况台账
owner: 街道总工会办公室
reviewed: 2026-11-23
unit: community
measure: 人
kind: count
time: stock
better: none
ledgers: [community]
*/
select
    m.community_id as unit_id,
    c.community as unit_name,
    m.community_id,
    m.month,
    m.resident_population as value,
    m.is_residents_approx as is_approximate,
    m.load_id,
    m.file,
    m.sheet,
    m."row"
from core.community_month as m
inner join core.community as c on m.community_id = c.community_id
-- 首份社区名册之前的月份，名册里没有这一行
where m.load_id is not null
