/*
title: 企业
meaning: 当月所依据的各份企业名册里的每一行，加上计在本社区而登记在别处的行；一企两行的只有一行计入
ledger: enterprise
lacks: {has_union: 建会状态不详, workers: 职工数不详, members: 会员数不详, is_above_scale: 是否规上不详, lon: 没有经纬度}
*/
with listed as (
    -- 街道名册里社区不明的行，不属于哪个社区的名册
    select distinct r.month, l.row_id,
           case when r.unit_id <> 'street' or l.community_id is not null then r.community_id end as listed_id
    from core.report as r
    inner join ledger.enterprise as l
        on r.snapshot_id = l.snapshot_id and r.unit_id = l.unit_id and r.as_of = l.as_of
        and (r.unit_id <> 'street' or l.community_id = r.community_id or l.community_id is null)
    where r.ledger = 'enterprise' and r.month between $first and $last
        and (
            $communities::varchar[] is null or list_contains($communities::varchar[], r.community_id)
            or list_contains($communities::varchar[], l.community_id)
        )
),

span as (
    select max(value::integer) as new_months
    from core.setting
    where key = 'new_enterprise_months'
),

state as (
    select code, title
    from core.code
    where list = 'enterprise_status'
)

select l.enterprise_id as unit_id, l.enterprise as unit_name, l.community_id, n.listed_id, n.month,
       l.has_union, l.workers, l.members, l.is_above_scale, l.lon,
       case
           when e."row" <> l."row" or e.sheet <> l.sheet or e.file <> l.file or e.load_id <> l.load_id then
               case
                   when e.community_id is distinct from coalesce(n.listed_id, l.community_id)
                       then '两处登记计在' || coalesce(c.community || '社区', '别处')
                   else '同一企业另有一行'
               end
           when not l.is_operating then '经营状态：' || s.title
           when l.community_id is null then '社区不明'
           when l.community_id <> n.listed_id then '台账写明属' || c.community || '社区'
       end as why,
       case
           when l.community_id is null then '社区不明'
           when l.status is null then '经营状态空白'
       end as to_check,
       -- 只写到年份的，说不准满没满
       case when f.founded_date_precision in ('day', 'month')
           then f.founded_date > (last_day(n.month) - to_months(p.new_months))::date end as is_new,
       l.load_id, l.file, l.sheet, l."row"
from listed as n
inner join core.enterprise_row as l on n.row_id = l.row_id
inner join ledger.enterprise as f on n.row_id = f.row_id
cross join span as p
left join core.enterprise_month as e on l.enterprise_id = e.enterprise_id and n.month = e.month
left join core.community as c on e.community_id = c.community_id
left join state as s on l.status = s.code
