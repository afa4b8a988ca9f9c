/*
title: 任期已届满、尚未换届的工会
meaning: 换届（任期结束）日期早于台账的数据截至日，状态不是换届中、注销或拟撤销；请安排换届或更新日期（最近一期台账）
severity: soft
ledger: union_org
*/
with newest as (
    select l.*
    from core.union_month as u
    inner join ledger.union_org as l
        on u.load_id = l.load_id and u.file = l.file and u.sheet = l.sheet and u."row" = l."row" and u.as_of = l.as_of
        and u.union_id = l.row_key
    qualify u.month = max(u.month) over (partition by u.community_id)
)

select community_id, name as subject,
       case
           when term_end_precision = 'month' then strftime(term_end, '%Y-%m')
           else term_end::varchar
       end || '届满，数据截至' || as_of::varchar as detail,
       load_id, file, sheet, "row"
from newest
-- 只写到月的，到月末才算届满；只写到年的不判断
where case
          when term_end_precision = 'month' then last_day(term_end) < as_of
          when term_end_precision = 'day' then term_end < as_of
      end
      and (status is null or status not in ('re_electing', 'dissolved', 'to_be_dissolved'))
