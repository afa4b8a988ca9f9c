"""One section of 社区概况: each number on a line of its own, with what stands behind it one hover or click away."""

from __future__ import annotations

from dataclasses import replace
from gettext import gettext as _

import streamlit as st

from metrics import phrases, scope
from metrics.catalogue import metric_of
from metrics.periods import month_text, parse_month, shift
from metrics.question import Question
from pages.parts import answers, svg
from pages.parts.header import number_help, sample_mark
from pages.parts.issuing.markup import escaped
from pages.parts.parks.one import course_title
from pages.parts.pictures import picture
from pages.parts.profile.more import MORE
from pages.parts.profile.sections import Section
from pages.parts.profile.view import Found, View

MONTHS = 12
MOST_NAMES = 12
UNNAMED = _("名称未公布")
REPORTED = {"dispute", "hazard"}
COUNTED = {
    "enterprise": _("家企业"), "union": _("家工会"), "facility": _("处阵地"), "service": _("场活动"), "rule": _("项制度"),
    "item": _("个事项"), "meeting": _("次会议"), "hazard": _("条隐患线索"), "request": _("件线上办件"),
}  # fmt: skip


def notes(view: View, found: Found) -> list[str]:
    """Return what stands small below a number: its parts, its range, the street, last year, the one giant, what is missing."""
    metric, row = found.metric, found.row
    said = [parts_text(view, found), answers.range_text(view.warehouse, metric, row)]
    said += [view.beside(found), *view.changed(found), view.without_giant(found)]
    if row.item_missing:
        said.append(_("另有{n}{what}有缺项，不计入").format(n=row.item_missing, what=lacking(view, found)))
    if row.known and row.is_partial:
        said.append(_("已报{known}/{expected}个月").format(known=row.known, expected=row.expected))
    if row.approximate and metric.over:
        said.append(_("分母为约数") if view.is_base_approximate(found) else _("含约数"))
    if found.metric.over_time == "last" and row.value is not None:  # progress towards a year's target
        share = phrases.rounded(100 * phrases.schedule_share(view.month), 0)
        said.append(_("时序进度{share}%").format(share=share))
    if found.fact.metric == "disputes_mediated":
        said.append(_("“和解”{how}调解成功").format(how=_("计入") if _settles(view) else _("不计入")))
    return [text for text in said if text]


def parts_text(view: View, found: Found) -> str:
    """Return what a number is made of; of rules only the states that there are, and how many say none."""
    row, metric = found.row, found.metric
    if metric.id == "staff":
        return posts_text(view)
    if "done" not in metric.parts or row.parts is None:
        return answers.parts_text(view.warehouse, metric, row)
    told = {part: count for part, count in row.parts.items() if count}
    unsaid = (row.value or 0) - sum(told.values())
    said = [answers.parts_text(view.warehouse, metric, replace(row, parts=told))]
    if unsaid > 0:
        text = _("另{n}{word}未填落实状态") if told else _("{n}{word}未填落实状态")
        said.append(text.format(n=phrases.count_text(unsaid), word=scope.measure(view.warehouse, metric)))
    return "，".join(filter(None, said))


def posts_text(view: View) -> str:
    """Return how many posts of each kind there are, volunteers and the like among them."""
    question = Question("staff_posts", ("staff_kind",), view.month, where=(("community", (view.community,)),))
    rows = [row for row in answers.answer(view.warehouse, question).rows if row.value]
    kinds = "、".join(f"{row.keys['staff_kind']}{phrases.count_text(row.value or 0)}" for row in rows)
    return _("岗位（个，一人可有几个）：{kinds}").format(kinds=kinds) if kinds else ""


def lacking(view: View, found: Found) -> str:
    """Return what lacks something, as 家企业; 条记录 where it may be a row of the other side of a rate."""
    metric = found.metric
    over = metric.over if metric.over != "units" else None
    if over and metric_of(over).unit != metric.unit:
        return _("条记录")
    if metric.unit == "dispute":
        return _("{word}纠纷").format(word=scope.settings(view.warehouse)["dispute_word"])
    return COUNTED.get(metric.unit, _("条记录"))


def _settles(view: View) -> bool:
    return scope.settings(view.warehouse).get("settlement_counts") == "true"


def names(view: View, found: Found) -> str:
    """Return the units that a number counts by name; those that bear none are told together."""
    if not found.fact.is_named or not found.row.numerator or found.metric.sensitive:
        return ""
    frame = answers.rows_behind(view.warehouse, view.own(found.fact))
    listed = [str(name) for name, value in frame.select("unit_name", "value").iter_rows() if name and value]
    known = list(dict.fromkeys(name for name in listed if UNNAMED not in name))
    text = "、".join(escaped(name) for name in known[:MOST_NAMES])
    text += _("等{n}个").format(n=len(known)) if len(known) > MOST_NAMES else ""
    silent = len(listed) - sum(UNNAMED not in name for name in listed)
    return text + (_("；{n}项名称未公布").format(n=silent) if silent else "")


def period_text(view: View, found: Found) -> str:
    """Return 1—12月 before the name of what runs since January, nothing before what stands at the month's end."""
    is_so_far = found.metric.time == "flow" and (found.fact.period or found.metric.period) == "ytd"
    return phrases.so_far_text(view.month) if is_so_far else ""


def show_fact(view: View, found: Found) -> None:
    """Show one number: its name, itself with both sides, and small below it what it means here."""
    number, bracket, sides = view.value(found).partition("（")
    line = f"{period_text(view, found)}{found.title}　**{number}**{bracket}{sides}"
    below = [*notes(view, found), names(view, found)]
    small = "　".join(filter(None, below))
    text = f"{line}  \n:small[:gray[{small}]]" if small else line
    st.markdown(text, help=number_help(view.warehouse, found.answer, found.row))
    if found.fact.has_course:
        show_course(view, found)


def show_course(view: View, found: Found) -> None:
    """Draw a number's last twelve months; a flow month by month."""
    start = max(scope.months(view.warehouse)[0], shift(view.month, 1 - MONTHS))
    where = (*found.fact.where, ("community", (view.community,)))
    answer = answers.answer(view.warehouse, Question(found.metric.id, ("month",), view.month, start, where=where))
    points = [
        svg.Point(
            _("{month}　{value}").format(month=month_text(parse_month(row.keys["month"] or "")), value=answers.row_text(view.warehouse, answer.metric, row)),
            row.value, row.is_suppressed,
        )
        for row in answer.rows
    ]  # fmt: skip
    known = [
        answers.value_text(view.warehouse, answer.metric, row.value) for row in answer.rows if row.value is not None
    ]
    each = _("每月{name}").format(name=found.title) if found.metric.time == "flow" else ""
    title = course_title(each, len(points), [] if each else known)
    drawn = svg.sparkline(
        points,
        bars=found.metric.over is None,
        alt=_("{name}社区{title}").format(name=view.name, title=title if each else found.title + title),
        mark=sample_mark(view.warehouse),
    )
    with st.container(width=260, gap="xxsmall"):
        st.caption(title)
        picture(drawn, key=f"profile.{found.metric.id}")


def show_section(view: View, section: Section) -> None:
    """Show a section's numbers; what was never sent is said in one sentence."""
    found = [one for fact in section.facts if (one := view.find(fact))]
    unsent = list(dict.fromkeys(title for fact in section.facts for title in view.unsent(fact)))
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"##### {section.title}")
        for one in found:
            show_fact(view, one)
        if more := MORE.get(section.more):
            more(view)
        if any(one.metric.unit in REPORTED for one in found):
            st.caption(_("纠纷、隐患的多少受上报积极性影响，不作排名。"))
        if unsent:
            st.caption(_("还没有导入：{names}；导入后在这里显示。").format(names="、".join(unsent)))
