"""A small document made by hand, with every kind of block, for the writers' tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from briefing.model import (
    Chart,
    Column,
    Document,
    Fact,
    Head,
    Missing,
    Origin,
    Paragraph,
    Section,
    Sentence,
    Series,
    Shape,
    Table,
    Typed,
)

MONTH = date(2018, 12, 1)
COVERAGE = Origin("row", "coverage_rate", MONTH)
RECEIVED = Origin("value", "disputes_received", MONTH, "month")
NAMES = ("岗头", "马安堂", "五和", "四季花城", "第五园", "坂田", "万科城", "杨美", "大发埔", "南坑", "象角塘", "新雪")


def _overview() -> Section:
    first = Sentence(
        "level:coverage_rate",
        ("截至2018年12月末，全街道建会率", Fact("91.2%（3,214家中2,931家）", COVERAGE), "，",
         Fact("比上月提高0.4个百分点", replace(COVERAGE, aspect="change", of="previous_month")), "。"),
        page="pages/map.py", query={"metric": "coverage_rate", "month": "2018-12"},
    )  # fmt: skip
    second = Sentence("disputes:received", ("12月受理劳资纠纷", Fact("31宗", RECEIVED), "，属正常波动。"))
    return Section("overview", "总体情况", (Paragraph((first, second)),))


def _indicators() -> Section:
    columns = (
        Column("指标", width=2.4),
        Column("本期", "right"),
        Column("较上月", "right", 1.6),
        Column("目标", "right"),
    )
    rows = (
        (("建会率",), (Fact("91.2%", replace(COVERAGE, aspect="value")),), ("＋0.4个百分点",), ("90%",)),
        (("受理劳资纠纷",), (Fact("31宗", RECEIVED),), ("－4宗（－11.4%）",), ("",)),
    )
    return Section("indicators", "主要指标", (Table("indicators", "主要指标", columns, rows, "单位：%、宗"),))


def _attention() -> Section:
    item = Sentence(
        "unmet:coverage_rate",
        ("第五园社区建会率", Fact("84.9%（186家中158家）", replace(COVERAGE, where=(("community", ("440307013012",)),))),
         "，距目标还差10家。"),
        unit="第五园社区工联会",
    )  # fmt: skip
    typed = Sentence("assigned:1", (Typed("天安云谷工联会换届"), "；责任单位：", Typed("岗头社区工联会")))
    return Section("attention", "需关注事项", (Paragraph((item,), True), Paragraph((typed,), True)))


def _trend() -> Section:
    values = (0.871, 0.88, None, 0.912)
    texts = ("87.1%", "88.0%", "未报", "91.2%")
    line = Chart(
        "trend:coverage_rate", "全街道建会率一年提高4.1个百分点", "line", "%",
        ("2018年3月", "2018年6月", "2018年9月", "2018年12月"),
        (Series("建会率", values, texts, replace(COVERAGE, aspect="value")),),
        alt="建会率由87.1%到91.2%", notes=("2018年9月未报",), goal=0.9, goal_text="目标90%", is_percentage=True,
    )  # fmt: skip
    shapes = tuple(
        Shape(name, (((x, 0.0), (x + 0.9, 0.0), (x + 0.9, 0.9), (x, 0.9)),), None if name == "第五园" else 0.8 + x / 100,
              "未报" if name == "第五园" else f"{80 + x}.0%", name == "五和")
        for x, name in enumerate(NAMES)
    )  # fmt: skip
    area = Chart(
        "map:coverage_rate", "五和社区建会率偏低", "map", "%", (), (), alt="各社区建会率",
        notes=("社区位置示意图，非行政区域界线", "斜线：未报送（不按0计算）"), is_percentage=True, shapes=shapes,
    )  # fmt: skip
    return Section("trend", "走势", (line, area))


def _annex() -> Section:
    columns = (Column("社区", width=1.4), Column("建会率", "right"), Column("受理（宗）", "right"))
    rows = tuple(((name,), (f"{80 + n}.0%",), (str(n),)) for n, name in enumerate(NAMES))
    table = Table("communities", "社区一览表", columns, (*rows, (("全街道",), ("91.2%",), ("31",))),
                  "单位：%、宗", ("按官方顺序排列，不列名次。",), total_rows=1)  # fmt: skip
    return Section("communities", "附表　社区一览表", (table,), is_annex=True)


def document() -> Document:
    """Return the internal version of a sample street's briefing."""
    head = Head(
        "坂田街道工会工作简报", "坂田街道总工会", "2018年12月", "第12期", "2019年1月5日", "甲", "乙", "丙",
        "街道党工委", "区总工会", "内部资料　注意保存", "示例数据　非真实情况", "数据截至2018年12月31日　数据版本8",
    )  # fmt: skip
    sections = (_overview(), _indicators(), _attention(), _trend(), _annex())
    return Document(
        "简报", "工会工作简报", MONTH, "internal", head, sections, "坂田街道", True, "0123456789ab", 8,
        footnotes=("建会率＝已建会（含工联会覆盖）企业数÷辖区企业数",), missing=(Missing("区通报排名", "未填写"),),
    )  # fmt: skip
