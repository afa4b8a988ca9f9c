"""The columns a metric's SELECT may return, and which of them are dimensions."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dimension:
    """A way to cut a metric: its column in the SELECT, its code list and what a row without a code is called."""

    id: str
    column: str
    title: str
    codes: str
    unknown: str = "不详"


@dataclass(frozen=True, slots=True)
class Column:
    """A column that is shown in the rows behind a number; `codes` is the list that turns codes into titles."""

    title: str
    codes: str | None = None


MONTH = "month"

DIMENSIONS = {
    dimension.id: dimension
    for dimension in (
        Dimension("community", "community_id", "社区", "community", "待核实"),
        Dimension("park", "park_id", "园区", "park", "园区外或不详"),
        Dimension("industry", "industry", "行业", "industry"),
        Dimension("size_band", "size_band", "职工人数", "size_band"),
        Dimension("ownership", "ownership", "登记类型", "ownership"),
        Dimension("union_status", "union_status", "建会状态", "union_status"),
        Dimension("cause", "cause", "纠纷类型（案由）", "cause"),
        Dimension("channel", "channel", "来源渠道", "channel"),
    )
}

# What every SELECT returns: the shape that values.py relies on.
REQUIRED = (
    "unit_id",
    "unit_name",
    "community_id",
    "month",
    "value",
    "is_approximate",
    "load_id",
    "file",
    "sheet",
    "row",
)

COLUMNS = {
    "unit_id": Column("编号"),
    "unit_name": Column("名称"),
    "community_id": Column("社区", "community"),
    "month": Column("月份"),
    "park_id": Column("园区", "park"),
    "industry": Column("行业", "industry"),
    "size_band": Column("职工人数分组", "size_band"),
    "ownership": Column("登记类型", "ownership"),
    "union_status": Column("建会状态", "union_status"),
    "cause": Column("纠纷类型（案由）", "cause"),
    "causes": Column("全部案由", "cause"),
    "channel": Column("来源渠道", "channel"),
    "outcome": Column("办理结果", "outcome"),
    "received_date": Column("受理日期"),
    "closed_date": Column("办结日期"),
    "workers_involved": Column("涉及职工人数"),
    "formed_date": Column("建会日期"),
    "workers": Column("职工数"),
    "members": Column("会员数"),
    "lon": Column("经度"),
    "lat": Column("纬度"),
    "located_by": Column("定位依据"),
    "value": Column("计入数值"),
    "base": Column("计入分母"),
    "is_approximate": Column("约数"),
    "load_id": Column("导入批次"),
    "file": Column("文件"),
    "sheet": Column("工作表"),
    "row": Column("行"),
}
