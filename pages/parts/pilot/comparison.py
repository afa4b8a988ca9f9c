"""试点前后与其他社区比较: the sentences, the two figures, every community's numbers, and what to beware of."""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _

import polars as pl
import streamlit as st

from metrics import phrases
from metrics.judging import pilot_words as words
from metrics.judging.pilot import Found, Place, outcomes, questions
from metrics.question import Row
from metrics.warehouse import Warehouse
from pages.parts import answers, theme
from pages.parts.charts import Look
from pages.parts.exports import Kind
from pages.parts.lineage.links import of_questions, show_sources
from pages.parts.pilot import figures
from pages.parts.tables import TableColumn, export_buttons, show_table


@dataclass(frozen=True)
class View:
    """What is compared, in which generation."""

    warehouse: Warehouse
    found: Found

    @property
    def decimals(self) -> int:
        """Return how many decimals the street shows in percentages."""
        return answers.decimals(self.warehouse)

    def text(self, row: Row) -> str:
        """Return a row with both its sides."""
        return answers.row_text(self.warehouse, self.found.metric, row)

    def look(self) -> Look:
        """Return what the figures share."""
        return Look(self.warehouse.is_sample, theme.is_dark(), self.text)


def show_comparison(view: View) -> None:
    """Show everything in the order in which it should be read: what changed, is it unusual, what to beware of."""
    found, effect = view.found, view.found.effect
    if effect is None:
        st.info(words.WHY_NOT[found.why_not])
    else:
        st.caption(words.period_text(found))
        st.markdown(f"**{words.changed_text(found, effect, view.decimals)}**")
        st.markdown(words.verdict_text(found, effect))
        st.markdown(words.range_text(found, effect, view.decimals))
        if found.earlier is not None and found.earlier.rank == 1:
            st.warning(words.earlier_text(found, view.decimals))
        _show_sources(view)
        _show_figures(view)
        _show_places(view)
    st.markdown(_("##### 使用前请先看"))
    said = words.caveats(found, len(outcomes()), view.warehouse.is_sample)
    st.markdown("\n".join(f"{number}. {text}" for number, text in enumerate(said, start=1)))


def _show_sources(view: View) -> None:
    name, asked = view.found.pilot.community, questions(view.found)
    titles = {"before": (_("{name}试点前"), _("其他社区试点前")), "after": (_("{name}试点后"), _("其他社区试点后"))}
    named = {
        title.format(name=name): question
        for when, both in titles.items()
        for title, question in zip(both, asked[when], strict=True)
    }
    for question in named.values():
        answers.answer(view.warehouse, question)
    show_sources(view.warehouse, of_questions(named))


def _show_figures(view: View) -> None:
    found = view.found
    own, others = (answers.answer(view.warehouse, question).rows for question in questions(found)["course"])
    left, right = st.columns(2, gap="medium")
    with left:
        title = words.earlier_text(found, view.decimals)
        st.markdown(_("**逐季走势：先看试点前两条线是否同步**"))
        theme.plot(figures.course(found, own, others, view.look()), key="pilot.course", alt=title)
        st.caption(title + _("报送不全的季度不画。"))
    with right:
        title = _("各社区的变化离其他社区有多远（按社区官方顺序，灰条是平常的起伏）")
        st.markdown(f"**{title}**")
        texts = [_gap_text(view, place) for place in found.places]
        theme.plot(
            figures.gaps(found.places, texts, found.metric.is_percentage, view.look()), key="pilot.gaps", alt=title
        )
        st.caption(
            _(
                "试点社区的点落在灰条以内，就是平常的起伏；落在灰条以外才算不寻常。灰条以0为中心，长短按没有试点的社区里最不寻常的一个定，小社区的长一些。"
            )
        )


def _gap_text(view: View, place: Place) -> str:
    gap, usual = (words.size_text(view.found.metric, value, view.decimals) for value in (place.gap, place.usual))
    return _("{gap}，平常的起伏在±{usual}以内").format(gap=gap, usual=usual.lstrip(phrases.PLUS))


def _columns(view: View) -> tuple[tuple[TableColumn, ...], tuple[TableColumn, ...]]:
    """Return the columns of the screen, changes with the sign of the sentences, and those of the file, all numbers."""
    metric = view.found.metric
    kind: Kind = "percent" if metric.is_percentage else "decimal"
    size = 2 if kind == "decimal" else view.decimals
    values, moves = ("%", _("个百分点")) if metric.is_percentage else (metric.measure, metric.measure)
    names = {
        "before": (_("试点前"), values), "after": (_("试点后"), values), "change": (_("变化"), moves),
        "gap": (_("减去其他社区的变化"), moves), "usual": (_("平常的起伏（±）"), moves),
    }  # fmt: skip
    titles = {name: _("{title}（{unit}）").format(title=title, unit=unit) for name, (title, unit) in names.items()}
    head = (TableColumn("community", _("社区")), TableColumn("role", _("在比较中")))
    numbers = {name: TableColumn(name, title, kind, decimals=size) for name, title in titles.items()}
    signed = {name: TableColumn(f"{name}_text", titles[name]) for name in ("change", "gap", "usual")}
    return (*head, *(numbers | signed).values()), (*head, *numbers.values())


def _show_places(view: View) -> None:
    """Show every community's numbers in official order: no rank, no colour."""
    found = view.found
    frame = pl.DataFrame([_line(view, place) for place in found.places])
    on_screen, in_file = _columns(view)
    st.markdown(_("##### 各社区前后数字"))
    show_table(frame, on_screen, key="pilot.places", height="content")
    with st.container(horizontal=True):
        title = _("{name}社区试点前后比较（{title}）").format(name=found.pilot.community, title=found.metric.title)
        unit = _("%，个百分点") if found.metric.is_percentage else found.metric.measure
        export_buttons(
            frame, in_file, title=title, unit=unit, date_text=words.period_text(found), warehouse=view.warehouse,
            key="pilot.export",
        )  # fmt: skip


def _line(view: View, place: Place) -> dict[str, object]:
    metric, moved = view.found.metric, {"change": place.after - place.before, "gap": place.gap, "usual": place.usual}
    texts = {f"{name}_text": words.moved_text(metric, value, view.decimals) for name, value in moved.items()}
    texts["usual_text"] = texts["usual_text"].lstrip(phrases.PLUS)
    return {
        "community": place.community, "role": _("试点") if place.is_pilot else _("对照"), "before": place.before,
        "after": place.after, **moved, **texts,
    }  # fmt: skip
