"""A street with two half-years of 线上办件, made by hand: every row is there for what it makes easy to count wrongly."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from etl.instructions import Instructions
from etl.intake import load
from metrics.warehouse import Warehouse, open_current

ENTERPRISE = ["序号", "企业名称", "统一社会信用代码", "经营状态", "职工人数", "建会状态"]
DISPUTE = ["案件编号", "涉事企业", "受理日期", "办结日期", "案由", "涉及人数", "处理结果", "诉求金额（万元）", "协议金额（万元）", "已兑现金额（元）"]  # fmt: skip
ONLINE = ["编号", "提交时间", "渠道", "业务类型", "姓名", "电话", "企业名称", "信用代码", "所属社区", "受理时间", "办件状态", "完成时间", "办理时限", "评价", "去向", "关联编号"]  # fmt: skip
USCC = "91990307MA5EXAMP0P"
LINE = {"channel": "小程序", "item": "投诉维权", "person": "示例申请人", "phone": "13800000000", "enterprise": "", "uscc": "", "community": "南坑",
            "accepted": "", "status": "已办结", "closed": "", "promised": "", "satisfaction": "", "result": "", "linked": ""}  # fmt: skip


def request(number: int, applied: str, **cells: str) -> list[str]:
    """Return one row; what is not said is an ordinary complaint from 南坑."""
    return [f"ZHGJ{number:04d}", applied, *{**LINE, **cells}.values()]


FIRST_HALF = [
    request(1, "2018-03-01", closed="2018-03-10", promised="2018-03-10", satisfaction="非常满意", result="提供服务"),
    # closed before the promised month: it is due, and on time, in the month of closing
    request(2, "2018-03-05", closed="2018-03-20", promised="2018-04-05", satisfaction="不满意", result="已立案", linked="坂调2018 001号"),
    request(3, "2018-03-06", closed="2018-04-06", promised="2018-03-21", satisfaction="一般", item="入会申请", result="已入会"),
    request(4, "2018-03-07", closed="2018-03-08", promised="2018-03-22", status="撤回"),
    request(5, "2018-03-08", closed="2018-03-15", promised="2018-03-23", status="退回", satisfaction="2"),
    # nobody answered: the sheet has answers, so a blank is 未评价; an answer that cannot be read is not
    request(6, "2018-04-02", closed="2018-04-17", promised="2018-04-17"),
    request(7, "2018-04-03", closed="2018-04-12", promised="2018-04-18", satisfaction="还行吧"),
    request(8, "2018-04-04", status="办理中", promised="2018-04-19"),
    request(9, "2018-05-02", status="已办结", promised="2018-05-17"),  # closed, nobody knows when
    request(10, "2018-05-03", status="办理中", closed="2018-05-10", promised="2018-05-18"),
    request(11, "2018-05-04", closed="2018-05-09", result="未通过"),  # nothing was promised
    # still in hand when the book was written, and promised for later: neither on time nor late yet
    request(12, "2018-06-25", status="办理中", promised="2018-07-25"),
    request(13, "2018-06-26", status="已受理", promised="2018-07-10", community=""),
    request(14, "2018-06-10", closed="2018-06-01", promised="2018-06-25"),  # closed before it was asked for
    request(15, "2018-06-11", closed="2018-06-30", promised="2018-06-25", satisfaction="满意", uscc=USCC, community=""),
    request(16, "2018-06-12", closed="2018-06-20", promised="2018-06", result="已建会", enterprise="深圳示例乙有限公司"),
]  # fmt: skip
SECOND_HALF = [
    # the newer book knows what became of 12; a request that is entered twice is one
    request(12, "2018-06-25", closed="2018-07-30", promised="2018-07-25", satisfaction="未评价", result="已答复"),
    request(
        21,
        "2018-07-02",
        closed="2018-07-05",
        promised="2018-07-17",
        community="岗头",
        item="心理咨询",
        channel="公众号",
    ),
    request(22, "2018-07-03", status="待受理", promised="2018-07-18", community="岗头", item="法律援助"),
    request(23, "2018-12-20", closed="2018-12-31", promised="2019-01-05", community="岗头", satisfaction="5"),
]
CASES = [
    [
        "坂调〔2018〕001号",
        "深圳示例乙有限公司",
        "2018-03-20",
        "2018-04-10",
        "拖欠工资",
        "12",
        "调解成功",
        "10",
        "8",
        "80000",
    ],
    ["坂调〔2018〕002号", "深圳示例丙有限公司", "2018-03-21", "2018-04-11", "拖欠工资", "30", "和解", "约2", "3", ""],
    [
        "坂调〔2018〕003号",
        "深圳示例丙有限公司",
        "2018-03-22",
        "2018-04-30",
        "加班工资",
        "200人次",
        "撤回",
        "￥5,000",
        "",
        "",
    ],
    ["坂调〔2018〕004号", "深圳示例丙有限公司", "2018-04-02", "", "加班工资", "9", "在办", "", "1", "1.2万元"],
    [
        "坂调〔2018〕005号",
        "深圳示例丙有限公司",
        "2018-04-03",
        "2018-04-04",
        "加班工资",
        "约29",
        "调解成功",
        "1.5",
        "",
        "2000",
    ],
    [
        "坂调〔2018〕006号",
        "深圳示例丙有限公司",
        "2018-04-04",
        "2018-04-28",
        "加班工资",
        "100",
        "调解不成功",
        "300",
        "",
        "",
    ],
    ["坂调〔2018〕007号", "深圳示例丙有限公司", "2018-04-05", "", "加班工资", "若干", "在办", "20", "", ""],
    ["坂调〔2018〕008号", "深圳示例丙有限公司", "2018-04-06", "", "加班工资", "1", "在办", "0", "", ""],
    *([f"坂调〔2018〕{20 + number:03d}号", "深圳示例丙有限公司", "2018-05-06", "", "加班工资", str(people), "在办", "", "", ""]
      for number, people in enumerate((2, 10, 49, 50, 99))),
]  # fmt: skip


def _write(folder: Path, title: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    with (folder / f"{title}.csv").open("w", encoding="utf-8-sig", newline="") as handle:
        csv.writer(handle).writerows([[title], header, *rows])


def write_ledgers(folder: Path) -> None:
    """Write the ledgers of the street."""
    enterprises = [["1", "深圳示例甲有限公司", USCC, "在营", "30", "未建会"], ["2", "深圳示例乙有限公司", "", "在营", "1200", "单独建会"]]  # fmt: skip
    for end in ("2017年12月31日", "2018年6月30日", "2018年12月31日"):
        _write(folder, f"坂田街道南坑社区企业台账（{end}）", ENTERPRISE, enterprises)
    _write(folder, "坂田街道南坑社区劳资纠纷台账（2018年3—5月）", DISPUTE, CASES)
    _write(folder, "坂田街道智慧工建办件台账（全街道，2018年1—6月）", ONLINE, FIRST_HALF)
    _write(folder, "坂田街道智慧工建办件台账（全街道，2018年7—12月）", ONLINE, SECOND_HALF)


def make(folder: Path) -> Warehouse:
    """Load the ledgers into a street of their own."""
    ledgers = folder / "ledgers"
    ledgers.mkdir()
    write_ledgers(ledgers)
    load([ledgers], folder / "street", Instructions(agreed=frozenset({"vanish", "replace"})))
    return open_current(folder / "street")
