"""Working days: a maintained offline library, and over it the program's and the street's own days.

`codes/workday.csv` holds one day a row (raw and code are the day, `is_working` says which way it goes). A year is known
if the library knows it or if the table has a day of it: the State Council publishes a whole year at once. In a year
that nobody knows only weekends are free, and what is counted over it is provisional.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from gettext import gettext as _

import duckdb

from etl.codelist import CodeLists
from etl.errors import StreetError
from etl.record.row_tables import write_table

FIRST, LAST = date(1990, 1, 1), date(2060, 12, 31)
TRUTH = {"true": True, "false": False}

CALENDAR = """
    create table core.calendar_day as
    with days as (
        select unnest(generate_series($first::timestamp, $last::timestamp, interval 1 day))::date as date
    ),
    judged as (
        select d.date, coalesce(e.is_working, isodow(d.date) <= 5) as is_working, y.year is not null as is_known
        from days as d
        left join workday_exception as e on d.date = e.date
        left join workday_year as y on year(d.date) = y.year
    )
    select date, is_working,
           sum(is_working::integer) over (order by date rows unbounded preceding)::integer as working_no, is_known
    from judged
    order by date"""


@dataclass(frozen=True, slots=True)
class Workdays:
    """The days that are not what their weekday says, and the years whose arrangement is known."""

    exceptions: dict[date, bool]
    years: frozenset[int]


@lru_cache(maxsize=1)
def _of_library() -> Workdays:
    """Return what the library knows: holidays on weekdays, working days at weekends, and its years."""
    from chinese_calendar import constants  # late: only a build needs it

    found = dict.fromkeys(constants.holidays, False) | dict.fromkeys(constants.workdays, True)
    exceptions = {day: is_working for day, is_working in found.items() if is_working != (day.isoweekday() <= 5)}
    return Workdays(exceptions, frozenset(day.year for day in found))


def _own_days(codes: CodeLists) -> dict[date, bool]:
    """Return the days of `workday.csv`, the street's last; StreetError names a row that is no day or has no answer."""
    found = {}
    for row in codes.rows("workday").iter_rows(named=True):
        try:
            found[date.fromisoformat(row["code"])] = TRUTH[row["is_working"] or ""]
        except (ValueError, KeyError) as error:
            message = _("工作日表的日期或是否上班写得不对：{day}").format(day=row["raw"])
            remedy = _("日期写成 2027-01-01，is_working 写 true（上班）或 false（放假）")
            raise StreetError(message, file="workday.csv", remedy=remedy) from error
    return found


def workdays(codes: CodeLists) -> Workdays:
    """Return the library's days with the program's and the street's own on top."""
    known, own = _of_library(), _own_days(codes)
    return Workdays({**known.exceptions, **own}, known.years | {day.year for day in own})


def write_calendar(connection: duckdb.DuckDBPyConnection, codes: CodeLists) -> None:
    """Write `core.calendar_day`: each day, whether it is worked, how many working days up to it, whether that is known."""
    known = workdays(codes)
    exceptions = [{"date": day, "is_working": is_working} for day, is_working in known.exceptions.items()]
    years = [{"year": year} for year in sorted(known.years)]
    write_table(connection, "workday_exception", {"date": "DATE", "is_working": "BOOLEAN"}, exceptions)
    write_table(connection, "workday_year", {"year": "INTEGER"}, years)
    connection.execute(CALENDAR, {"first": FIRST, "last": LAST})
    connection.execute("drop table workday_exception")
    connection.execute("drop table workday_year")
