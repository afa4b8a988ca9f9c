"""异动提示 in the words of users.md: what stands out, how much was watched, what chance alone would call."""

from __future__ import annotations

from datetime import date
from gettext import gettext as _

from metrics.judging.alarms import Alarm, Watch
from metrics.judging.watched import BASELINE, REST, RUN, least_cases
from metrics.periods import month_text
from metrics.phrases import rounded
from metrics.warehouse import Warehouse

MONTHS_NEEDED = 2 * RUN  # a year to learn from, and the newest one


def answers() -> dict[str, str]:
    """Return what can be answered to an alarm, as the page offers it."""
    return {"confirmed": _("已核实，属实"), "no_change": _("非异动"), "open": _("待核实")}


def answer_text(alarm: Alarm) -> str:
    """Return the street's answer to an alarm, with its reason and day if there is one."""
    said = answers()[alarm.answer]
    if alarm.reason:
        said = _("{said}：{reason}").format(said=said, reason=alarm.reason)
    return _("{said}（{day}）").format(said=said, day=alarm.answered_on) if alarm.answered_on else said


def series_text(alarm: Alarm) -> str:
    """Return what an alarm is about: 五和社区拖欠工资类纠纷."""
    if alarm.cause_id == REST:
        return _("{community}社区其余各类纠纷").format(community=alarm.community)
    return _("{community}社区{cause}类纠纷").format(community=alarm.community, cause=alarm.cause)


def _since(since: date, month: date) -> str:
    """Return a month within a year back as it is said in the later one: 3月, 上年11月."""
    said = _("{m}月").format(m=since.month)
    return said if since.year == month.year else _("上年{month}").format(month=said)


def _is_told_by_run(alarm: Alarm) -> bool:
    """Return whether a rise is told by the sum of its months: this month alone is not above its own limit."""
    return alarm.kind != "jump" and alarm.count <= alarm.usual_most


def said_numbers(alarm: Alarm) -> tuple[int, int]:
    """Return the two numbers that an alarm's sentence says: how many, and how many there usually are at most."""
    if _is_told_by_run(alarm):
        return alarm.run_count, alarm.run_usual_most
    return alarm.count, alarm.usual_most


def alarm_template(alarm: Alarm, month: date, word: str) -> str:
    """Return an alarm as a sentence in which its two numbers are still {count} and {most}."""
    if alarm.kind == "jump":
        text = _("异动提示：{series}，{m}月{count}{word}，高于正常范围（通常不超过{most}{word}）。")
    elif _is_told_by_run(alarm):
        text = _("异动提示：{series}，{since}以来高于正常范围，至{m}月共{count}{word}（通常不超过{most}{word}）。")
    else:
        text = _("异动提示：{series}，{since}以来高于正常范围，{m}月{count}{word}（通常不超过{most}{word}）。")
    said = {"series": series_text(alarm), "m": month.month, "word": word, "since": _since(alarm.since, month)}
    return text.format(**said, count="{count}", most="{most}")


def alarm_text(alarm: Alarm, month: date, word: str) -> str:
    """Return an alarm as a sentence; a rise whose month is not above its own limit is told by the sum of its months."""
    count, most = said_numbers(alarm)
    return alarm_template(alarm, month, word).format(count=count, most=most)


def false_text(false_per_year: float) -> str:
    """Return how often a year chance alone would call: 约2次, 不到1次."""
    often = int(rounded(false_per_year, 0))
    return _("约{n}次").format(n=often) if often >= 1 else _("不到1次")


def watched_text(found: Watch) -> str:
    """Return how much was watched and how many calls a year would be chance; why not, where nothing could be watched."""
    if found.is_unreported:
        return _("{month}劳资纠纷台账未报，未作监测。").format(month=month_text(found.month))
    if not found.series_watched or found.false_per_year is None:
        return _("{month}未作监测：要有连续{n}个月以上的纠纷台账才能判断。").format(
            month=month_text(found.month), n=MONTHS_NEEDED
        )
    text = _("本月共监测{n}组数据，即使一切正常，平均每年也会误报{often}。").format(
        n=found.series_watched, often=false_text(found.false_per_year)
    )
    if not found.unreported:
        return text
    return text + _("{names}未报，未监测。").format(names="、".join(found.unreported))


def watch_text(found: Watch, word: str) -> str:
    """Return the whole month in sentences: every alarm, or that there is none, then how much was watched."""
    said = [alarm_text(alarm, found.month, word) for alarm in found.alarms]
    if found.is_quiet:
        said = [_("{month}未发现异动。").format(month=month_text(found.month))]
    return "".join([*said, watched_text(found)])


def help_text(warehouse: Warehouse) -> str:
    """Return how the calls are made, for the page's help."""
    return _(
        "按社区和主要案由分组（平均每年不足{n}宗的案由合并为“其余各类”），与一年以前{years}年的水平比较，已按职工人数"
        "和季节折算。当月明显偏多，或近一年内持续偏多，才作提示；提示不等于问题属实，请核实后作答。"
    ).format(n=least_cases(warehouse), years=BASELINE // 12)
