/*
title: 社区
meaning: 代码表中的社区，按官方顺序；代码取第一个12位代码
columns:
  community_id: 社区代码（12位，文本）
  community: 社区简称
  official_order: 官方顺序，从1起
unique: [community_id]
not_null: [community_id, community]
*/
select code as community_id, title as community, code_order + 1 as official_order
from core.code
where list = 'community'
