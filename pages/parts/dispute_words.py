"""What the figures of 劳资纠纷 show, in one sentence each; made from the result, never typed.

Nothing here names who has most: the number depends on who reports honestly (users.md).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from gettext import gettext as _

from metrics.judging.trend import Point, Trend
from metrics.judging.trend_words import SIGNAL_TITLES, baseline_text, limits_text
from metrics.periods import month_text
from metrics.question import Row

NAMED = 3


def point_text(trend: Trend, point: Point, word: str) -> str:
    """Return what a month is held against and whether it stands out, for its hover; "" without limits."""
    if not (limits := limits_text(trend.metric, point.lower, point.upper, word)):
        return ""
    if not point.is_judged:
        said = _("报送不全，不作判断")
    else:
        said = SIGNAL_TITLES[point.signal] if point.signal else _("属正常波动")
    return _("正常波动范围{limits}，{said}").format(limits=limits, said=said)


def legend(trend: Trend) -> str:
    """Return what the marks of the figure mean, and what the band rests on."""
    marks = _("斜线：有社区未报")
    if not any(point.upper is not None for point in trend.points):
        return marks  # no band is drawn; a level declared of late still has the one before it
    return _("浅色带：正常波动范围；橙色（偏高）、蓝色（偏低）：超出正常波动；{marks}。{about}").format(
        marks=marks, about=baseline_text(trend)
    )


def causes_reading(trends: Mapping[str, Trend]) -> str:
    """Return which causes have months that stand out, in the order shown."""
    judged = {name: trend for name, trend in trends.items() if trend.without_limits is None}
    if not judged:
        return _("按主要案由，各月宗数；月份不足，暂不计算正常波动范围")
    found = {name: [p.month for p in trend.points if p.signal] for name, trend in judged.items()}
    named = [_one_cause(name, months) for name, months in found.items() if months]
    rest = _("；{n}类月份不足，未作判断").format(n=len(trends) - len(judged)) if len(judged) < len(trends) else ""
    if not named:
        return _("按主要案由，报齐的月份均属正常波动") + rest
    more = _("等{n}类").format(n=len(named)) if len(named) > NAMED else ""
    return _("按主要案由，超出正常波动的有{named}{more}").format(named="、".join(named[:NAMED]), more=more) + rest


def _one_cause(name: str, months: Sequence[date]) -> str:
    text = _("{name}（{last}）") if len(months) == 1 else _("{name}（{last}等{n}个月）")
    return text.format(name=name, last=month_text(months[-1]), n=len(months))


def heat_reading(rows: Sequence[Row]) -> str:
    """Return who has not reported in which months; not who has most."""
    missing: dict[str, int] = {}
    for row in rows:
        if row.expected and not row.known:
            missing[row.keys["community"] or ""] = missing.get(row.keys["community"] or "", 0) + 1
    title = _("各社区每月受理宗数")
    if not missing:
        return _("{title}，各月均已报送").format(title=title)
    named = "、".join(_("{name}{n}个月").format(name=name, n=count) for name, count in [*missing.items()][:NAMED])
    more = _("等{n}个社区").format(n=len(missing)) if len(missing) > NAMED else ""
    return _("{title}；／为未报送，不按0计算：{named}{more}").format(title=title, named=named, more=more)
