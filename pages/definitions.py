"""指标说明: what each number means, made from the metrics' own headers, with the query that makes it."""

from __future__ import annotations

from gettext import gettext as _

import streamlit as st

from etl.errors import QuestionError
from metrics import goals, phrases, scope
from metrics.catalogue import Metric, catalogue, denominator, metric_of
from metrics.columns import DIMENSIONS, MONTH
from metrics.question import Question
from metrics.reports import summary
from metrics.warehouse import Warehouse
from pages.parts import answers
from pages.parts.filters import link_to
from pages.parts.header import number_help, page_header

PAGE, MAP = "pages/definitions.py", "pages/map.py"
KINDS = {
    "proportion": _("比例，带参考范围"), "ratio": _("比率，可以超过100%"), "rate": _("发生率"), "count": _("计数"),
    "balance": _("期末数"), "amount": _("金额"), "median": _("中位数"),
}  # fmt: skip
BETTER = {"higher": _("越高越好"), "lower": _("越低越好"), "none": _("不分好坏，不作排名")}
TIMES = {"stock": _("时点数，取期末"), "flow": _("时期数，期内相加")}


def wanted_metrics() -> list[Metric]:
    """Return the metrics asked for: one by a link, those that a search finds, else all."""
    linked = st.query_params.get("metric")
    if linked:
        try:
            return [metric_of(linked)]
        except QuestionError as error:
            st.warning(error.sentence())
    search = st.text_input(
        _("查找指标"), key="definitions.search", placeholder=_("名称、口径、来源中的任意字"), width=420
    )
    return [metric for metric in catalogue().values() if search.strip().lower() in text_of(metric)]


def text_of(metric: Metric) -> str:
    """Return everything of a metric's card that a search looks through, in small letters."""
    parts = (metric.id, metric.title, metric.meaning, metric.why, metric.caveat, metric.source, metric.owner)
    return " ".join(parts).lower()


def sides(metric: Metric) -> str:
    """Return numerator and denominator in words."""
    over = denominator(metric)
    if over is not None:
        return _("分母为“{title}”（{word}）").format(title=over.title, word=over.measure)
    if metric.over is None:
        return _("直接计数，无分母")
    if metric.over == "units":
        return _("分子、分母同为{unit}（{word}）：分母是口径内能够判断的{unit}，分子是其中符合条件的").format(
            unit=metric.unit_title, word=metric.measure
        )
    return _("分母为“{title}”（{word}），逐{unit}对应").format(
        title=metric_of(metric.over).title, word=metric_of(metric.over).measure, unit=metric.unit_title
    )


def facts(warehouse: Warehouse, metric: Metric) -> list[tuple[str, str]]:
    """Return what is worth knowing of a metric, as label and text; what it does not have is left out."""
    titles = {entry.ledger: entry.title for entry in summary(warehouse, scope.default_month(warehouse))}
    dimensions = {**{name: found.title for name, found in DIMENSIONS.items()}, MONTH: _("月份")}
    goal = goals.goal(warehouse, metric.id)
    ledgers = "、".join(titles.get(ledger, ledger) for ledger in metric.ledgers)
    target = _("；目标{goal}").format(goal=phrases.number_text(metric, goal, 0)) if goal is not None else ""
    found = [
        (_("算法"), sides(metric)),
        (_("其中"), "、".join(metric.parts.values())),
        (_("类型"), f"{KINDS[metric.kind]}；{TIMES[metric.time]}；{BETTER[metric.better]}{target}"),
        (_("用途"), metric.why),
        (_("提示"), scope.caveat(warehouse, metric)),
        (_("保护"), _("涉及个人敏感信息：过少的数不显示，不提供明细") if metric.sensitive else ""),
        (_("来源"), _("{source}（须已报：{ledgers}）").format(source=metric.source, ledgers=ledgers)),
        (_("分组"), "、".join(dimensions[name] for name in metric.dimensions)),
        (_("负责"), _("{owner}，{day}核对").format(owner=metric.owner, day=metric.reviewed)),
    ]
    return [(label, text) for label, text in found if text]


def current_value(warehouse: Warehouse, metric: Metric) -> tuple[str, str]:
    """Return the street's newest value with its period, and what stands behind it."""
    answer = answers.answer(warehouse, Question(metric.id))
    text = _("{period}全街道：**{value}**").format(
        period=phrases.period_text(answer), value=answers.row_text(warehouse, metric, answer.row)
    )
    return text, number_help(warehouse, answer, answer.row)


def show_card(warehouse: Warehouse, metric: Metric) -> None:
    """Show one metric's card: meaning, today's value, facts, query."""
    with st.container(border=True, gap="xsmall"):
        left, right = st.columns([5, 7], gap="medium")
        with left:
            st.markdown(f"**{metric.title}**　`{metric.id}`")
            st.markdown(metric.meaning)
            value, behind = current_value(warehouse, metric)
            st.markdown(value, help=behind)
            foot = st.container(horizontal=True, vertical_alignment="center")
        right.caption("  \n".join(f"**{label}**　{text}" for label, text in facts(warehouse, metric)))
        with foot:
            link_to(MAP, _("在一张图中看各社区"), metric=metric.id)
        with foot.popover(_("SQL和本指标的网址")):
            st.caption(_("下面的查询逐条列出计入的单位，可在DuckDB中直接运行；加总后即为分子。"))
            st.code(metric.sql, language="sql")
            st.code(f"{(st.context.url or '').split('?')[0]}?metric={metric.id}", language=None, wrap_lines=True)


def page() -> None:
    """Show the page from top to bottom."""
    warehouse = answers.current()
    page_header(warehouse, _("指标说明"), None)
    found = wanted_metrics()
    if not found:
        st.info(_("没有找到含这些字的指标，请换一个词，或清空查找框看全部{n}个指标。").format(n=len(catalogue())))
    for unit in dict.fromkeys(metric.unit_title for metric in found):
        st.markdown(f"##### {unit}")
        for metric in found:
            if metric.unit_title == unit:
                show_card(warehouse, metric)
    if st.query_params.get("metric"):
        st.page_link(PAGE, label=_("查看全部指标"))


page()
