"""How many people and how much money 劳资纠纷 are about: claimed, agreed and paid stay three numbers, never added."""

from __future__ import annotations

from datetime import date
from gettext import gettext as _

import streamlit as st

from metrics import phrases
from metrics.catalogue import Metric
from metrics.question import Answer, Question, Row
from metrics.warehouse import Warehouse
from pages.parts import answers
from pages.parts.bars import Bar, bars
from pages.parts.header import number_help, sample_mark
from pages.parts.pictures import picture

Where = tuple[tuple[str, tuple[str, ...]], ...]
TEN_THOUSAND = 10_000
BANDS = ("group_band",)


def money_text(yuan: float) -> str:
    """Return an amount as people say it: 186.4万元, under ten thousand 5,421元."""
    if yuan < TEN_THOUSAND:
        return _("{n}元").format(n=phrases.count_text(yuan))
    return _("{n:,}万元").format(n=phrases.rounded(yuan / TEN_THOUSAND, 1))


def _of_month(warehouse: Warehouse, metric: str, month: date, where: Where) -> Answer:
    return answers.answer(warehouse, Question(metric, month=month, period="month", where=where))


def _money(row: Row) -> str:
    return (_("约") if row.approximate else "") + money_text(row.numerator or 0)


def _amount(row: Row, title: str, unsaid: str) -> str:
    """Return one amount with how many disputes do not give theirs; one that nobody gives is not 0."""
    if not row.numerator and row.item_missing:
        return _("{title}均未写明").format(title=title)
    return title + _money(row) + (unsaid.format(n=row.item_missing) if row.item_missing else "")


def claimed_text(warehouse: Warehouse, month: date, where: Where, word: str) -> str:
    """Return what the month's disputes are about: people, money claimed with how many give an amount, group cases."""
    received = _of_month(warehouse, "disputes_received", month, where).row
    if not received.numerator:
        return ""
    people = _of_month(warehouse, "workers_involved", month, where).row
    text = _("本月受理涉及{about}{n}人").format(
        about=_("约") if people.approximate else "", n=phrases.count_text(people.numerator or 0)
    )
    if unsaid := people.item_missing - received.item_missing:
        text += _("（另有{n}{word}人数不详）").format(n=unsaid, word=word)
    claimed = _of_month(warehouse, "amount_claimed_yuan", month, where).row
    # a dispute without community counts nowhere; it is missing on both sides
    told = int(received.numerator) + received.item_missing - claimed.item_missing
    text += "，" + (_("诉求金额") + _money(claimed) if told else _("诉求金额均未写明"))
    if told:
        text += _("（{all}{word}中{told}{word}写明）").format(
            all=phrases.count_text(received.numerator), told=told, word=word
        )
    return f"{text}；{_group_text(warehouse, month, where, word)}。"


def _group_text(warehouse: Warehouse, month: date, where: Where, word: str) -> str:
    group, mass = (_of_month(warehouse, name, month, where).row for name in ("group_disputes", "mass_disputes"))
    text = _("10人以上集体纠纷{n}{word}").format(n=phrases.count_text(group.numerator or 0), word=word)
    if mass.numerator:
        text += _("，其中30人以上群体性{n}{word}").format(n=phrases.count_text(mass.numerator), word=word)
    return text


def agreed_text(warehouse: Warehouse, month: date, where: Where, word: str) -> str:
    """Return what was agreed and what has been paid in the disputes that the month closed with an agreement."""
    agreed, paid = (_of_month(warehouse, name, month, where) for name in ("amount_agreed_yuan", "amount_paid_yuan"))
    if agreed.row.numerator is None or not (agreed.row.numerator or agreed.row.item_missing):
        return ""
    unsaid = _("（另有{{n}}{word}未写明）").format(word=word)
    parts = [_amount(agreed.row, _("协议金额"), unsaid), _amount(paid.row, _("已兑现金额"), unsaid)]
    return _("本月办结而达成协议的：") + "，".join(parts) + "。"


def show_amounts(warehouse: Warehouse, month: date, where: Where, word: str) -> None:
    """Say people and amounts under the month's headline; the ⓘ holds what the three amounts mean."""
    texts = [text for make in (claimed_text, agreed_text) if (text := make(warehouse, month, where, word))]
    if not texts:
        return
    names = ("workers_involved", "amount_claimed_yuan", "amount_agreed_yuan", "amount_paid_yuan", "group_disputes")
    found = [_of_month(warehouse, name, month, where) for name in names]
    told = "\n\n".join(f"**{one.metric.title}**\n\n{number_help(warehouse, one, one.row)}" for one in found)
    st.markdown("".join(texts), help=told)


def _band(warehouse: Warehouse, metric: Metric, row: Row, people: Row | None) -> Bar:
    """Return one band: how many disputes, and how many people they are about."""
    band, count = row.keys["group_band"] or "", answers.value_text(warehouse, metric, row.value)
    if people is None or people.numerator is None:
        return Bar(band, row.value, count, "", f"{band}　{count}")
    about = _("约") if people.approximate else ""
    said = _("{n}人").format(n=phrases.count_text(people.numerator))
    return Bar(band, row.value, count, said, f"{band}　{count}，" + _("涉及{people}").format(people=about + said))


def _bands_title(when: str, total: Row, word: str) -> str:
    text = _("{when}10人以上集体纠纷{n}{word}").format(when=when, n=phrases.count_text(total.numerator or 0), word=word)
    if total.item_missing:
        text += _("（另有{n}{word}人数或社区不详）").format(n=total.item_missing, word=word)
    return text


def show_bands(warehouse: Warehouse, start: date, end: date, where: Where, word: str) -> None:
    """Show 集体纠纷 by how many people they are about; the bands begin at 10, 30, 50 and 100."""
    disputes, people, total = (
        answers.answer(warehouse, Question(metric, by, end, start, where=where))
        for metric, by in (("group_disputes", BANDS), ("workers_involved", BANDS), ("group_disputes", ()))
    )
    if total.row.numerator is None:
        return  # nobody has reported
    known = [(row, row.keys["group_band_id"]) for row in disputes.rows if row.numerator and row.keys["group_band_id"]]
    rows = [_band(warehouse, disputes.metric, row, people.find(group_band_id=code)) for row, code in known]
    title = _bands_title(phrases.range_text(start, end), total.row, word)
    st.markdown(f"**{title}**")
    if rows:
        head = "　".join(filter(None, (_("按涉及人数分组：宗数、人数"), sample_mark(warehouse))))
        alt = title + "：" + "，".join(f"{bar.label}{bar.text}{bar.note}" for bar in rows)
        picture(bars(head, rows, mark=None, alt=alt), key="disputes.bands")
