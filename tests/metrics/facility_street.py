"""A street with two registers of 阵地 and two of enterprises, made by hand: every row is there for what it makes easy to count wrongly."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from etl.instructions import Instructions
from etl.intake import load
from metrics.warehouse import Warehouse, open_current

FACILITY = ["阵地名称", "类型", "社区", "所在阵地", "地址", "经度（WGS84）", "纬度（WGS84）", "建筑面积", "启用时间", "功能室", "级别", "星级",
            "服务人次", "统计期间", "半年服务人次", "日均服务", "六有", "使用情况", "管理员", "联系电话"]  # fmt: skip
ENTERPRISE = ["企业名称", "经营状态", "职工人数", "建会状态", "经度（WGS84）", "纬度（WGS84）"]
LINE = {"kind": "职工之家", "community": "南坑", "within": "", "address": "", "lon": "", "lat": "", "area": "", "built": "", "rooms": "", "tier": "",
            "star": "", "visits": "", "period": "", "half": "", "daily": "", "six": "", "status": "正常", "person": "示例管理员甲", "phone": "13800000000"}  # fmt: skip
LAT, METRE = 22.607, 1 / 111_195.0  # of a degree of latitude


def facility(name: str, **cells: str) -> list[str]:
    """Return one row; what is not said is an ordinary home in 南坑."""
    return [name, *{**LINE, **cells}.values()]


def at(metres: float) -> dict[str, str]:
    """Return a point so many metres north of the home."""
    return {"lon": "114.057", "lat": f"{LAT + metres * METRE:.6f}"}


JUNE = [
    facility(
        "职工之家",
        **at(0),
        area="约1450平米",
        rooms="就业、创业指导中心、职工学校，瑜伽室等",
        tier="市级",
        half="600",
        six="",
    ),
    facility(
        "暖蜂驿站", kind="驿站", address="甲路1号", **at(2_000), area="30", star="★★★", half="200人次", six="全部"
    ),
    facility("书屋", kind="职工书屋", area="80㎡（含露台）", visits="1200", period="建成以来"),
    facility("旧站", kind="驿站", area="20", half="50", status="停用", six="全部"),
    facility(
        "母婴室", kind="母婴室", community="岗头", area="10", visits="30"
    ),  # the year to date in June is the first half
]
DECEMBER = [
    facility("职工之家", **at(0), area="约1450平米", rooms="职工学校、健身", tier="三星级", half="700"),
    # inside the home: neither another place nor more square metres
    facility("帮扶中心", kind="服务中心", within="职工之家", area="300", visits="90"),
    facility(
        "暖蜂驿站",
        kind="驿站",
        address="甲路1号",
        **at(2_000),
        area="30",
        star="降级",
        half="250",
        six="统一标识、合理布局",
        status="降星",
    ),
    # the same name at another address is another station; it has come in the second half, so that is its year
    facility("暖蜂驿站", kind="驿站", address="乙路9号", area="面积较大", built="2018.8.1", half="40", six="六项"),
    facility("书屋", kind="职工书屋", area="80-90", visits="20", period="日均"),
    facility("小家", kind="职工小家", community="岗头", area="25", visits="约100", status=""),
    facility("母婴室", kind="母婴室", community="岗头", area="10", half="约45"),
    facility(
        "老站", kind="驿站", community="岗头", area="15", half="60", built="2015-3-1"
    ),  # nobody told the first half
    facility("旧站", kind="驿站", area="20", half="50", status="拆除", **at(5_000)),
]
ENTERPRISES = [
    ["示例近有限公司", "存续", "100", "单独建会", *at(-480).values()],
    ["示例中有限公司", "存续", "约40", "未建会", *at(520).values()],
    ["示例远有限公司", "存续", "30", "未建会", *at(5_000).values()],  # beside the station that is gone
    ["示例无位置有限公司", "存续", "500", "未建会", "", ""],
    ["示例人数不详有限公司", "存续", "若干", "未建会", *at(10).values()],
    ["示例注销有限公司", "注销", "900", "未建会", *at(10).values()],
]  # fmt: skip


def _sheet(path: Path, title: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows([[title], header, *rows])


def make_without_points(folder: Path) -> Warehouse:
    """Load December's books without a point of any facility and open the street."""
    books = folder / "books"
    books.mkdir()
    bare = [[*row[:5], "", "", *row[7:]] for row in DECEMBER]
    _sheet(books / "阵地12月.csv", "坂田街道职工之家和阵地台账（2018年12月）", FACILITY, bare)
    _sheet(books / "企业12月.csv", "坂田街道南坑社区企业台账（2018年12月）", ENTERPRISE, ENTERPRISES)
    load([books], folder / "street", Instructions())
    return open_current(folder / "street")


def make(folder: Path) -> Warehouse:
    """Load the books and open the street."""
    books = folder / "books"
    books.mkdir()
    _sheet(books / "阵地6月.csv", "坂田街道职工之家和阵地台账（2018年6月）", FACILITY, JUNE)
    _sheet(books / "阵地12月.csv", "坂田街道职工之家和阵地台账（2018年12月）", FACILITY, DECEMBER)
    for month in (6, 12):
        _sheet(books / f"企业{month}月.csv", f"坂田街道南坑社区企业台账（2018年{month}月）", ENTERPRISE, ENTERPRISES)
    load([books], folder / "street", Instructions())
    return open_current(folder / "street")
