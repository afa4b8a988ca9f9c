/*
title: 两个社区同时登记的工会
meaning: 同一工会在同一天的两个社区台账里，只计入一个社区；请核实属于哪个社区
severity: soft
ledger: union_org
*/
select max(l.community_id) as community_id, max(l.name) as subject,
       l.as_of::varchar || ' 有' || count(distinct l.community_id)::varchar || '个社区登记' as detail,
       max(l.load_id) as load_id, max(l.file) as file, max(l.sheet) as sheet, max(l."row") as "row"
from ledger.union_org as l
inner join core.snapshot as s
    on s.ledger = 'union_org' and l.snapshot_id = s.snapshot_id and l.unit_id = s.unit_id and l.as_of = s.as_of
    and l.community_id = s.community_id
group by l.row_key, l.as_of
having count(distinct l.community_id) > 1
