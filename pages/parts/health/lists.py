"""The lists of 工会体检: what each is called, why it is there, and which columns help whoever acts on it."""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _

import polars as pl

from pages.parts.tables import TableColumn

NAME = TableColumn("unit_name", _("名称"), width="medium")
RESPONSIBLE = TableColumn("responsible", _("责任单位"))
WORKERS, MEMBERS = TableColumn("workers", _("职工数"), "integer"), TableColumn("members", _("会员数"), "integer")


@dataclass(frozen=True)
class HealthList:
    """One list to act on; `todo` says what is to be done and on which article it rests."""

    metric: str
    title: str
    todo: str
    columns: tuple[TableColumn, ...]


LISTS = (
    HealthList(
        "unions_term_overdue", _("任期届满未换届的工会"), _("请安排换届，或更新任期结束日期（工会法第十六条：每届任期三年或五年）。"),
        (NAME, RESPONSIBLE, TableColumn("term_end", _("届满日期")), TableColumn("union_type", _("工会类型")), MEMBERS),
    ),
    HealthList(
        "unions_without_committee", _("委员会不健全的工会"), _("请补选工会委员会、建立经费审查委员会；女职工委员会一并看。"),
        (NAME, RESPONSIBLE, TableColumn("lacking", _("缺少")), TableColumn("women_committee", _("女职工委员会")), MEMBERS),
    ),
    HealthList(
        "enterprises_25plus_without_own_union", _("会员25人以上未单独建会的企业"), _("应当建立基层工会委员会（工会法第十一条）；请列入组建计划。"),
        (NAME, RESPONSIBLE, WORKERS, MEMBERS, TableColumn("park", _("园区")), TableColumn("union_status", _("建会状态"))),
    ),
    HealthList(
        "closed_enterprises_with_union", _("企业已终止、工会仍在册"), _("企业终止的，工会相应撤销并报告上一级工会（工会法第十三条）；请核实后办理撤销。"),
        (NAME, RESPONSIBLE, TableColumn("union_name", _("工会名称"), width="medium"), MEMBERS),
    ),
    HealthList(
        "enterprises_100plus_without_mediation_committee", _("百人以上未设劳动争议调解委员会的企业"), _("请指导企业设立劳动争议调解委员会，纠纷先在企业内调解。"),
        (NAME, RESPONSIBLE, WORKERS, TableColumn("industry", _("行业")), TableColumn("park", _("园区"))),
    ),
)  # fmt: skip


def with_responsible(frame: pl.DataFrame) -> pl.DataFrame:
    """Add who answers for each row: its community's federation."""
    place = pl.col("community")
    federation = pl.concat_str(place, pl.lit(_("社区工联会")))
    return frame.with_columns(
        pl.when(place.is_null()).then(pl.lit(_("街道总工会"))).otherwise(federation).alias("responsible")
    )
