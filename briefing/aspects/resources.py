"""What the other ledgers add: amounts in 万元, the rows of one dimension in a list, where a count lies, the planner, the tasks."""

from __future__ import annotations

from dataclasses import replace
from gettext import gettext as _

from briefing.aspects.among import row_text
from briefing.aspects.numbers import NAMED, names_text
from briefing.model import Origin
from briefing.source import Source
from metrics import phrases, scope
from metrics.judging.hearings import HearingPlan, hearing_plans, hearing_sentence
from metrics.question import Row
from metrics.targets.progress import Progress, progress_of
from metrics.targets.words import forecast_text, progress_text

TEN_THOUSAND = 10_000


def ten_thousand(source: Source, origin: Origin) -> str | None:
    """234.4万元, under ten thousand 5,421元: an amount as people say it; of a share the side `of`, above or below."""
    answer = source.answer(origin.question)
    row = answer.row
    value = {"above": row.numerator, "below": row.denominator}.get(origin.of, row.value)
    if value is None:
        return None
    if abs(value) < TEN_THOUSAND:
        return f"{phrases.rounded(value, 0):,}" + scope.measure(source.warehouse, answer.metric)
    return _("{n}万元").format(n=f"{phrases.rounded(value / TEN_THOUSAND, 1):,}")


def each(source: Source, origin: Origin) -> str | None:
    """专职12人、兼职9人等: the rows by the dimension `of`, the most first for a count, else in the code list's order."""
    answer = source.answer(replace(origin.question, by=(origin.of,)))
    rows = [
        row for row in answer.rows if row.value is not None and row.keys[f"{origin.of}_id"] and row.denominator != 0
    ]
    if answer.metric.over is None:
        rows = sorted((row for row in rows if row.value), key=lambda row: -(row.value or 0))
    names = [f"{row.keys[origin.of]}{row_text(source, answer.metric, row)}" for row in rows]
    return names_text(names, len(names) if answer.metric.over else 4) or None


def place_rows(source: Source, origin: Origin) -> list[Row]:
    """Return the communities with something of a count, in official order."""
    rows = source.answer(replace(origin.question, by=("community",))).rows
    return [row for row in rows if row.value]


def places(source: Source, origin: Origin) -> str | None:
    """岗头3家、五和2家; of more than three communities how many, for the first ones of a list are not the worst.

    None where there is none of it, and in a public version.
    """
    rows = [] if source.audience == "public" else place_rows(source, origin)
    if len(rows) > NAMED:
        return _("分布在{n}个社区").format(n=len(rows))
    metric = source.answer(origin.question).metric
    return "、".join(f"{row.keys['community']}{row_text(source, metric, row)}" for row in rows) or None


def plan(source: Source, origin: Origin) -> HearingPlan | None:
    """Return the plan of hearings of the street or of the one community; None in a public version and where unknown."""
    if source.audience == "public":
        return None
    chosen = dict(origin.where).get("community", ())
    found = hearing_plans(source.warehouse, origin.month, chosen)[0]
    return None if found.held is None or (found.planned is None and not found.held) else found


def hearing_plan(source: Source, origin: Origin) -> str | None:
    """年度计划听取4次，已听取3次，建议下次安排：11月: a plan to follow, never a grade."""
    found = plan(source, origin)
    return None if found is None else hearing_sentence(found)


def task_of(source: Source, origin: Origin) -> Progress | None:
    """Return a metric's yearly task, of the street or of the one community; None in a public version."""
    if source.audience == "public":
        return None
    (place,) = dict(origin.where).get("community", (None,))
    found = progress_of(source.warehouse, origin.metric, origin.month)
    return next((one for one in found if one.community_id == place), None)


def task(source: Source, origin: Origin) -> str | None:
    """1—9月新建会企业数117家，完成年度任务200家的58.5%，时序进度75%; None where there is no such task or it is not known."""
    found = task_of(source, origin)
    return None if found is None or found.done is None else progress_text(found, source.decimals)


def task_forecast(source: Source, origin: Origin) -> str | None:
    """按近三年同期的速度，年底预计达到163—192家（任务200家），可能完不成; None where nothing is expected of the year's end."""
    found = task_of(source, origin)
    return None if found is None or found.forecast is None or found.is_final else forecast_text(found)
