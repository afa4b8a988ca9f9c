"""本月要点: three to five generated sentences that say size and direction, each with the page where its rows are.

No judgement (偏高, 明显, 正常波动): that needs the statistics of a later issue.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from gettext import gettext as _

from metrics import goals, phrases, scope
from metrics.changes import Change
from metrics.periods import month_text
from metrics.question import UNKNOWN, Answer, Question, Row
from metrics.warehouse import Warehouse

MOST = 5
NAMED = 3
MAP, DISPUTES, COMPARE = "pages/map.py", "pages/disputes.py", "pages/compare.py"
# A link sets every condition of its page: what the reader chose there before must not narrow the rows behind a sentence.
NO_CONDITION = {
    MAP: {"community": "all", "park": "all", "industry": "all", "size_band": "all", "union_status": "all"},
    DISPUTES: {"community": "all", "cause": "all", "channel": "all"},
    COMPARE: {"own": "none", "order": "official"},
}


@dataclass(frozen=True)
class Source:
    """Where sentences get their numbers: the warehouse and the (cached) ways to ask it."""

    warehouse: Warehouse
    ask: Callable[[Warehouse, Question], Answer]
    change: Callable[[Warehouse, Question, str], Change]
    changes: Callable[[Warehouse, Question, str], tuple[Change, ...]]

    @property
    def decimals(self) -> int:
        """Return how many decimals the street writes percentages with."""
        return int(scope.setting_number(self.warehouse, "decimals"))

    def answer(self, question: Question) -> Answer:
        """Answer a question about this source's warehouse."""
        return self.ask(self.warehouse, question)


@dataclass(frozen=True)
class Sentence:
    """One sentence, the page that shows its rows and the filters to set there."""

    text: str
    page: str
    query: dict[str, str] = field(default_factory=dict)


def sentences(source: Source, month: date) -> list[Sentence]:
    """Return the month's sentences, at most five; a level is told as a whole where no community lacks its goal."""
    levels = [
        sentence
        for metric in ("coverage_rate", "membership_rate_area")
        for sentence in _unmet(source, metric, month) or _level(source, metric, month)
    ]
    return [*levels, *_received(source, month), *_causes(source, month), *_target(source, month)][:MOST]


def _sentence(text: str, page: str, month: date, **conditions: str) -> Sentence:
    """Return a sentence with a link that sets these conditions and no other."""
    return Sentence(text, page, {**NO_CONDITION[page], "month": f"{month:%Y-%m}", **conditions})


def _level(source: Source, metric: str, month: date) -> list[Sentence]:
    """Say the street's level with both sides and its change within a year."""
    question = Question(metric, month=month)
    answer = source.answer(question)
    if answer.row.value is None:
        return []
    changed = _compared(source.change(source.warehouse, question, "last_year"), source.decimals)
    text = _("全街道{title}{row}，{changed}。").format(
        title=answer.metric.title, row=phrases.row_text(answer.metric, answer.row, source.decimals), changed=changed
    )
    return [_sentence(text, MAP, month, metric=metric)]


def _unmet(source: Source, metric: str, month: date) -> list[Sentence]:
    """Say which communities have not reached the street's goal and how much each lacks, in official order."""
    answer = source.answer(Question(metric, ("community",), month))
    lacking = [
        (row, standing)
        for row in answer.rows
        if (standing := goals.standing(source.warehouse, metric, row)) and not standing.is_met
    ]
    if not lacking:
        return []
    goal = phrases.number_text(answer.metric, lacking[0][1].goal, 0)
    each = [_lack(source, answer, row, standing.short) for row, standing in lacking[:NAMED]]
    text = _("{title}未达目标{goal}的社区有{n}个：{each}{more}。").format(
        title=answer.metric.title, goal=goal, n=len(lacking), each="；".join(each),
        more=_("等") if len(lacking) > NAMED else "",
    )  # fmt: skip
    chosen = ",".join(row.keys["community_id"] or "" for row, _standing in lacking)
    return [_sentence(text, MAP, month, metric=metric, community=chosen)]


def _lack(source: Source, answer: Answer, row: Row, short: int) -> str:
    return _("{community}{row}，还差{short}{word}").format(
        community=row.keys["community"], row=phrases.row_text(answer.metric, row, source.decimals),
        short=f"{short:,}", word=answer.metric.measure,
    )  # fmt: skip


def _compared(change: Change, decimals: int = 1) -> str:
    """Return a change as part of a sentence, and over which communities where some have not reported."""
    note = phrases.like_for_like_text(change)
    return phrases.change_sentence(change, decimals) + (f"（{note}）" if note else "")


def _received(source: Source, month: date) -> list[Sentence]:
    """Say how many disputes came, against a year before, and which causes make up most of them."""
    question = Question("disputes_received", month=month, period="month")
    answer = source.answer(question)
    if answer.row.value is None:
        return []
    word = scope.measure(source.warehouse, answer.metric)
    by_cause = source.answer(Question("disputes_received", ("cause",), month, period="month"))
    most = sorted((row for row in by_cause.rows if row.value), key=lambda row: -(row.value or 0))[:2]
    named = "、".join(f"{row.keys['cause']}{phrases.count_text(row.value or 0)}{word}" for row in most)
    text = _("{month}受理劳资纠纷{n}{word}，{changed}").format(
        month=month_text(month), n=phrases.count_text(answer.row.value), word=word,
        changed=_compared(source.change(source.warehouse, question, "last_year")),
    )  # fmt: skip
    text += _("；按案由，{named}。").format(named=named) if named else "。"
    return [_sentence(text, DISPUTES, month, start=f"{month:%Y-%m}")]


def _causes(source: Source, month: date) -> list[Sentence]:
    """Say which cause has changed most against the same months a year before, by cases, up or down."""
    question = Question("disputes_received", ("cause",), month, period="ytd")
    found = [c for c in source.changes(source.warehouse, question, "last_year") if c.difference]
    if not found:
        return []
    change = max(found, key=lambda entry: abs(entry.difference or 0))
    row = source.answer(question).find(cause_id=change.keys["cause_id"])
    total = phrases.count_text(row.value) if row is not None and row.value is not None else _("不详")
    text = _("按案由与上年同期相比，变化最大的是{cause}：1—{n}月{total}{word}，{changed}。").format(
        cause=change.keys["cause"], n=month.month, total=total, word=change.measure, changed=_compared(change)
    )
    return [_sentence(text, DISPUTES, month, start=f"{month:%Y}-01", cause=change.keys["cause_id"] or UNKNOWN)]


def _target(source: Source, month: date) -> list[Sentence]:
    """Say how far the year's target is, beside the share of the year that is over, and who is behind it."""
    metric = "unions_formed_target_progress"
    answer = source.answer(Question(metric, month=month))
    row = answer.row
    if row.value is None:
        return []
    schedule = phrases.schedule_share(month)
    rows = source.answer(Question(metric, ("community",), month)).rows
    behind = [r.keys["community"] or "" for r in rows if r.value is not None and r.value < schedule]
    text = _("1—{n}月新建会{done}家，完成年度任务{planned}家的{share}，时序进度{schedule}").format(
        n=month.month, done=phrases.count_text(row.numerator or 0), planned=phrases.count_text(row.denominator or 0),
        share=phrases.number_text(answer.metric, row.value, source.decimals),
        schedule=phrases.number_text(answer.metric, schedule, 0),
    )  # fmt: skip
    if behind:
        text += _("；低于时序进度的社区有{n}个：{names}").format(n=len(behind), names=_names(behind))
    return [_sentence(text + "。", COMPARE, month, metric=metric)]


def _names(names: list[str]) -> str:
    return "、".join(names[:NAMED]) + (_("等") if len(names) > NAMED else "")
