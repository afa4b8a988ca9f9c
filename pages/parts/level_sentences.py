"""Sentences on 建会率 and 入会率: who lacks the goal, who is low, how the street has moved."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from gettext import gettext as _

from metrics import goals, phrases
from metrics.judging.compare import compare
from metrics.judging.compare_words import CLASS_TEXTS
from metrics.question import Answer, Question, Row
from pages.parts.sentence import MAP, NAMED, Sentence, Source, compared, names_text, sentence

LOW = {name: CLASS_TEXTS[name] for name in ("much_lower", "lower")}


def levels(source: Source, metric: str, month: date) -> list[Sentence]:
    """Say who lacks the street's goal; where nobody does, the street's level and its change within a year."""
    return _unmet(source, metric, month) or _level(source, metric, month)


def _level(source: Source, metric: str, month: date) -> list[Sentence]:
    """Say the street's level with both sides, its change within a year, and which communities are low."""
    question = Question(metric, month=month)
    answer = source.answer(question)
    if answer.row.value is None:
        return []
    changed = compared(source, source.change(source.warehouse, question, "last_year"))
    low = _low_text(_classes(source, question))
    text = _("全街道{title}{row}，{changed}{low}。").format(
        title=answer.metric.title, row=phrases.row_text(answer.metric, answer.row, source.decimals), changed=changed,
        low="；" + low if low else "",
    )  # fmt: skip
    return [sentence(text, MAP, month, metric=metric)]


def _classes(source: Source, question: Question) -> dict[str, str | None]:
    """Return each community's place against the whole street, None where it is not compared."""
    found = compare(source.warehouse, question)
    return {_name(row): row.funnel for row in found.rows}


def _low_text(classes: dict[str, str | None]) -> str:
    """Return 第五园明显偏低，五和偏低; "" where nobody is low."""
    named = ((text, [name for name, found in classes.items() if found == low]) for low, text in LOW.items())
    return "，".join(names_text(names) + text for text, names in named if names)


def _unmet(source: Source, metric: str, month: date) -> list[Sentence]:
    """Say which communities have not reached the street's goal and how much each lacks; the low ones come first."""
    question = Question(metric, month=month)
    answer = source.answer(replace(question, by=("community",)))
    standings = [(row, goals.standing(source.warehouse, metric, row)) for row in answer.rows]
    lacking = [(row, standing) for row, standing in standings if standing and not standing.is_met]
    if not lacking:
        return []
    classes = _classes(source, question)
    lacking.sort(key=lambda one: _place(classes[_name(one[0])]))
    each = [_lack(source, answer, row, standing.short) for row, standing in lacking[:NAMED]]
    text = _("{title}未达目标{goal}的社区有{n}个{placed}：{each}{more}。").format(
        title=answer.metric.title, goal=phrases.number_text(answer.metric, lacking[0][1].goal, 0), n=len(lacking),
        placed=_placed({_name(row): classes[_name(row)] for row, _standing in lacking}), each="；".join(each),
        more=_("等") if len(lacking) > NAMED else "",
    )  # fmt: skip
    chosen = ",".join(row.keys["community_id"] or "" for row, _standing in lacking)
    return [sentence(text, MAP, month, metric=metric, community=chosen)]


def _name(row: Row) -> str:
    return row.keys["community"] or ""


def _place(found: str | None) -> int:
    """Return where a class stands when low ones come first; the others keep their order."""
    return list(LOW).index(found) if found in LOW else len(LOW)


def _placed(classes: dict[str, str | None]) -> str:
    """Return how those who lack a goal stand against the whole street, so far as they are compared."""
    low, others = _low_text(classes), [found for found in classes.values() if found not in LOW]
    if not low:
        return _("，与全街道均相差不大") if set(others) == {"similar"} else ""
    text = _("，其中{low}").format(low=low)
    return text + _("，其余与全街道相差不大") if set(others) == {"similar"} else text


def _lack(source: Source, answer: Answer, row: Row, short: int) -> str:
    return _("{community}{row}，还差{short}{word}").format(
        community=row.keys["community"], row=phrases.row_text(answer.metric, row, source.decimals),
        short=f"{short:,}", word=answer.metric.measure,
    )  # fmt: skip
