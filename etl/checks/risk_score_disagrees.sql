/*
title: 自写评分与评分办法不一致
meaning: 评分表自己写的分数与当时采用的评分办法算出的分数不同；分数以评分办法为准，请核对程度或改正分数
severity: soft
ledger: risk_score
*/
with told as (
    select r.*, p.scheme
    from core.risk_row as r
    inner join core.warning_period as p
        on r.fact_date >= p.from_month and r.fact_date < coalesce(p.before_month, date '9999-01-01')
    inner join core.warning_scheme as s on p.scheme = s.scheme and s.is_scored
    where r.enterprise_id is not null and r.quantity is not null and r.told_score is not null
),

made as (
    select scheme, load_id, file, sheet, "row", max(points) as points
    from core.warning_hit
    where ledger = 'risk_score'
    group by scheme, load_id, file, sheet, "row"
)

select t.community_id, t.enterprise as subject,
       c.title || format('{:.10g}', t.quantity) || '，自写' || format('{:.10g}', t.told_score) || '分，按评分办法'
       -- 没有一条规则认得的，计0分
       || format('{:.10g}', coalesce(m.points, 0)) || '分' as detail,
       t.load_id, t.file, t.sheet, t."row"
from told as t
inner join core.code as c on c.list = 'risk_indicator' and t.indicator = c.code
left join made as m
    on t.scheme = m.scheme and t.load_id = m.load_id and t.file = m.file and t.sheet = m.sheet and t."row" = m."row"
where t.told_score <> coalesce(m.points, 0)
