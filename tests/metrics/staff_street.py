"""A street with books of staff, rules, meetings and checklists, made by hand: each row is there for what it makes easy to count wrongly."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from etl.instructions import Instructions
from etl.intake import load
from metrics.warehouse import Warehouse, open_current

ENTERPRISE = ["序号", "企业名称", "统一社会信用代码", "经营状态", "职工人数", "会员数", "建会状态"]
STAFF = ["姓名", "证件号码", "联系电话", "所在工会", "岗位类别", "职务", "负责社区", "任期", "任职时间", "任期届满时间", "是否近亲属", "证书", "年度学时", "状态", "年度考核"]  # fmt: skip
RULE = ["制度编号", "制度名称", "层级", "类别", "所属社区", "印发日期", "施行日期", "废止日期", "落实情况"]
MEETING = ["会议编号", "会议类型", "召开日期", "层级", "社区", "召集单位", "年度计划次数", "议题"]
TARGET = ["指标名称", "社区", "目标数"]
CHECKLIST = ["清单名称", "清单事项", "层级", "社区", "企业名称", "统一社会信用代码", "落实状态"]
ONE, TWO, THREE, FOUR, FIVE = (f"99999919800101{number:03d}" for number in (11, 12, 13, 14, 15))
USCC = "91990307MA5EXAMP0P"
CHECKS = "10X98765432"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
NAME, PHONE = "示例干部壹", "13800138001"


def number(body: str) -> str:
    """Return an identity number with its check character (GB 11643)."""
    return body + CHECKS[sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True)) % 11]


def post(name: str, body: str, kind: str, community: str = "南坑", **cells: str) -> list[str]:
    """Return one post; what is not said is an ordinary one of 南坑's federation."""
    plain = {"phone": "", "union": f"{community}社区工会联合会", "position": "", "term": "", "start": "", "end": "", "relative": "否",
             "certificates": "", "hours": "", "state": "在岗", "grade": "称职（示例）"}  # fmt: skip
    told = {**plain, **cells}
    return [name, number(body) if body else "", told["phone"], told["union"], kind, told["position"], community, told["term"], told["start"],
            told["end"], told["relative"], told["certificates"], told["hours"], told["state"], told["grade"]]  # fmt: skip


POSTS = [
    # one person with three posts is one person; the hours stand in each row and count once
    post(
        NAME,
        ONE,
        "职业化工会干部",
        phone=PHONE,
        hours="20",
        certificates="社工证",
        position="常委",
        term="2016.3-2019.2",
    ),
    post(NAME, ONE, "调解员", phone=PHONE, hours="20", state=""),
    post(NAME, ONE, "劳动法律监督员", phone=PHONE, hours="20"),
    # two communities, one person: counted where the post that counts first stands
    post("示例干部贰", TWO, "社工", hours="约40", certificates="无"),
    post("示例干部贰", TWO, "组织员", "岗头", hours="约40"),
    post("示例干部叁", THREE, "专职", "岗头", state="离职", hours="99", certificates="心理咨询师"),
    # a post that ended beside one that goes on
    post("示例干部肆", FOUR, "兼职", relative="是", start="2015年7月", term="三年", position="主席"),
    post("示例干部肆", FOUR, "专职", state="离岗"),
    # no number: told by name and phone; without either nobody
    post("示例干部伍", "", "志愿者", phone="13800138005"),
    post("示例干部陆", "", "志愿者"),
    post("示例干部柒", FIVE, "挂职", "", union="坂田街道总工会"),
    post("示例干部捌", "99999919800101018", "专职", "", union="某厂工会委员会"),
]
RULES = [
    ["A1", "示例制度甲", "社区", "议事协商", "南坑", "2018-01-05", "2018-11-30", "", "已执行"],
    ["A2", "示例制度乙", "社区", "经费", "南坑", "2017-05-01", "", "2018-12-31", "部分"],  # repealed on the last day
    ["A3", "名称未公布", "社区", "", "南坑", "", "", "", ""],
    ["A4", "名称未公布", "社区", "", "南坑", "", "", "", ""],
    ["A5", "示例制度丙", "社区", "帮扶", "南坑", "", "择日施行", "", "未执行"],
    ["A6", "示例制度丁", "社区", "帮扶", "南坑", "2018-12-20", "2019-03-01", "", "未执行"],  # not yet
    ["B1", "示例制度甲", "社区", "议事协商", "岗头", "2018年", "", "", "√"],  # a year alone counts from December
    ["", "示例街道办法", "街道", "维权预警", "", "2018-01-01", "", "", "已执行"],
    ["", "示例无处制度", "社区", "队伍", "", "2018-01-01", "", "", "已执行"],
]
MEETINGS = [
    ["1", "综合党委听取工会工作汇报", "2018-03-05", "社区", "南坑", "南坑社区综合党委", "4", "示例机密议题"],
    ["2", "听取工会工作报告", "2018-06-10", "社区", "南坑", "南坑社区综合党委", "4", ""],
    ["3", "听取汇报", "2018-09-28", "社区", "南坑", "南坑社区综合党委", "4", ""],
    ["", "重大事项", "2018-09-28", "社区", "南坑", "南坑社区工会联合会", "", ""],
    ["", "重大事项", "2018-09-28", "社区", "岗头", "岗头社区工会联合会", "", ""],  # another body, the same day: two
    ["", "联席会议", "2018-10-08", "社区", "岗头", "岗头社区工作站", "", ""],
    ["9", "听取汇报", "2018-12-30", "街道", "", "坂田街道党工委", "2", ""],
    ["10", "茶话会", "2018-12-30", "社区", "岗头", "", "", ""],
]
ITEMS = [
    ["“1+6”文件", "第1项（内容待街道填写）", "社区", "南坑", "", "", "√"],
    ["1+6", "第2项（内容待街道填写）", "社区", "南坑", "", "", "推进中"],
    ["1+6文件", "第3项（内容待街道填写）", "社区", "南坑", "", "", "不适用"],
    ["1+6文件", "第1项（内容待街道填写）", "社区", "岗头", "", "", ""],
    ["自家的清单", "第1项（内容待街道填写）", "企业", "", "深圳示例甲有限公司", USCC, "已落实"],
    ["自家的清单", "第1项（内容待街道填写）", "街道", "", "", "", "未落实"],
]


def _write(folder: Path, title: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    with (folder / f"{title}.csv").open("w", encoding="utf-8-sig", newline="") as handle:
        csv.writer(handle).writerows([[title], header, *rows])


def write_ledgers(folder: Path) -> None:
    """Write the ledgers of the street."""
    firms = [["1", "深圳示例甲有限公司", USCC, "在营", "300", "120", "单独建会"], ["2", "深圳示例乙有限公司", "", "在营", "1200", "0", "未建会"]]  # fmt: skip
    _write(folder, "坂田街道南坑社区企业台账（2018年12月31日）", ENTERPRISE, firms)
    _write(folder, "坂田街道工会干部队伍台账（截至2018年12月31日）", STAFF, POSTS)
    _write(folder, "坂田街道工会制度建设台账（2018年12月31日）", RULE, RULES)
    _write(folder, "坂田街道听取汇报与会议台账（2018年）", MEETING, MEETINGS)
    _write(folder, "坂田街道2018年度工会工作目标任务分解表", TARGET, [["听取工会工作汇报次数", "岗头", "6"]])
    _write(folder, "坂田街道工作清单台账（2018年12月31日）", CHECKLIST, ITEMS)


def make(folder: Path) -> Warehouse:
    """Load the ledgers into a street of their own."""
    ledgers = folder / "ledgers"
    ledgers.mkdir()
    write_ledgers(ledgers)
    load([ledgers], folder / "street", Instructions(agreed=frozenset({"vanish", "replace"})))
    return open_current(folder / "street")


def take_in_later(folder: Path) -> Warehouse:
    """Load a change list of the staff and a register of rules that says 无 into a street made by `make`."""
    later = folder / "later"
    later.mkdir()
    new = post("示例干部玖", "99999919800101020", "专职", "坂田")
    _write(
        later,
        "坂田街道工会干部队伍台账增减变动表（截至2019年3月31日）",
        ["序号", "变动类型", *STAFF],
        [["1", "新增", *new]],
    )
    _write(later, "坂田街道工会制度建设台账（2019年6月30日）", RULE, [["无"]])
    load([later], folder / "street", Instructions(agreed=frozenset({"vanish", "replace"})))
    return open_current(folder / "street")
