"""The first part of 入库前核对: how good the files are, problem by problem, with the cells to look at."""

from __future__ import annotations

from gettext import gettext as _
from typing import Any

import streamlit as st

from pages.parts.intake import rows
from pages.parts.intake.wording import headline, problem_title
from pages.parts.tables import show_table

Preview = dict[str, Any]
FEW = 3  # so many problems are shown at once, the rest is folded


def show_quality(job_id: str, preview: Preview) -> None:
    """Show the share of good rows, then the problems, the frequent ones first."""
    quality = preview["quality"]
    st.markdown(f"**{headline(quality)}**")
    problems = quality["problems"]
    for place, problem in enumerate(problems[:FEW]):
        _show_problem(job_id, place, problem)
    if len(problems) > FEW:
        with st.expander(_("其余{n}类问题").format(n=len(problems) - FEW)):
            for place, problem in enumerate(problems[FEW:], start=FEW):
                st.markdown(f"**{problem_title(problem)}**")
                _show_examples(job_id, place, problem)


def _show_problem(job_id: str, place: int, problem: Preview) -> None:
    with st.expander(problem_title(problem)):
        _show_examples(job_id, place, problem)


def _show_examples(job_id: str, place: int, problem: Preview) -> None:
    """Show what to do and the first cells concerned."""
    if problem.get("suggestion"):
        st.markdown(_("怎样改：{what}").format(what=problem["suggestion"]))
    key = f"intake.{job_id}.problem.{place}"
    show_table(rows.examples(problem), rows.EXAMPLES, key=key, height="content", empty=_("没有示例。"))
    if problem["count"] > len(problem["examples"]):
        st.caption(_("只列出前{n}处，全部见“质量报告”和批注件。").format(n=len(problem["examples"])))
