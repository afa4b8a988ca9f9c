"""The exports of the online platform: a CSV file per half-year, for the whole street."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from random import Random
from typing import Any

from etl.sample import dirt, street_forms
from etl.sample.enterprise_rows import Entry
from etl.sample.identity import has_wrong_check, person, phone
from etl.sample.online import Request
from etl.sample.places import FILE_MARK, STREET
from etl.sample.sheets import Cell, Flaw, Line, Sheet
from etl.sample.street_forms import Form, columns

HALVES = (
    (date(2017, 3, 1), date(2017, 6, 30)), (date(2017, 7, 1), date(2017, 12, 31)),
    (date(2018, 1, 1), date(2018, 6, 30)), (date(2018, 7, 1), date(2018, 12, 31)),
)  # fmt: skip
OLD = Form(
    "online_request",
    columns("request_no=办件编号 applied_date=提交时间 channel=来源 item=业务类型 applicant=申请人 phone=手机号码 enterprise_name=单位名称 "
            "community=所属社区 content=内容摘要 accepted_date=受理时间 organisation=承办单位 handler=经办人 status=处理状态 closed_date=完成时间 "
            "promised_date=办理时限 satisfaction=评价 result=办理结果 linked_no=关联编号"),
    "{street}智慧工建线上办件明细（全街道，{when}）　{mark}", "iso",
)  # fmt: skip
NEW = Form(
    "online_request",
    columns("request_no=办件编号 applied_date=申请时间 channel=申请渠道 item=事项类型 applicant=申请人 phone=联系电话 enterprise_name=企业名称 "
            "enterprise_uscc=统一社会信用代码 community=社区 content=内容 accepted_date=受理时间 organisation=承办工会 handler=承办人 "
            "transfers=转办次数 status=当前状态 closed_date=办结时间 promised_date=承诺办结日 satisfaction=满意度 callback=回访结果 result=办理成果 "
            "linked_no=关联纠纷编号"),
    "{street}智慧工建办件台账（全街道，{when}）　{mark}", "slash",
)  # fmt: skip
ITEM_WORDS = {
    "join": ("个人入会", "网上入会"), "form_union": ("申请建会", "建会申请"), "complaint": ("投诉维权", "劳动维权"), "aid": ("困难帮扶", "困难帮扶救助"),
    "training": ("培训报名", "技能培训"), "legal": ("法律咨询预约", "法律咨询"), "counsel": ("心理辅导预约", "心理咨询"),
}  # fmt: skip
CHANNEL_WORDS = {
    "wechat": ("微信公众号", "公众号"), "mini": ("小程序",), "web": ("网页", "PC端"), "app": ("App", "手机客户端"), "kiosk": ("自助机", "自助终端"), "other": ("其他",),
}  # fmt: skip
STATUS_WORDS: dict[str, tuple[str, ...]] = {
    "closed": ("已办结", "已完成", "2"), "returned": ("退回", "不予受理"), "withdrawn": ("撤回", "申请人撤回"), "working": ("办理中", "处理中"), "waiting": ("待受理",),
}  # fmt: skip
ANSWER_WORDS = {"very": ("非常满意", "5"), "satisfied": ("满意",), "basic": ("基本满意", "一般"), "no": ("不满意",)}
RESULT_WORDS = {
    "member": ("发展会员", "已入会"), "union": ("建立工会", "新建工会"), "case": ("转为纠纷", "转纠纷"), "aid": ("建立帮扶档案", "已建档"),
    "served": ("提供服务", "已服务"), "none": ("未形成成果", "不符合条件"),
}  # fmt: skip
SPOILS = (
    ("satisfaction", "一言难尽", "unknown_code"),
    ("channel", "窗口代录", "unknown_code"),
    ("promised_date", "尽快", "bad_date"),
)


def _clean(request: Request) -> dict[str, Any]:
    return {
        "request_no": request.no, "community": request.place, "applied_date": request.applied, "item": request.item, "status": request.status,
        "closed_date": request.closed, "promised_date": request.promised, "satisfaction": request.satisfaction, "result": request.result,
    }  # fmt: skip


def _moment(value: date | None, form: Form, random: Random) -> Cell:
    """Return a date with a time of day, as a platform exports it."""
    if value is None:
        return None
    return f"{dirt.day_text(value, form.dates)} {random.randint(8, 19):02d}:{random.randint(0, 59):02d}"


def make_entry(request: Request, form: Form, random: Random) -> Entry:
    """Return a request as the cells of that form."""
    enterprise, when = request.enterprise, request.applied
    uscc = enterprise.uscc_at(when)
    cells: dict[str, Cell] = {
        "request_no": request.no, "applied_date": _moment(when, form, random), "channel": random.choice(CHANNEL_WORDS[request.channel]),
        "item": random.choice(ITEM_WORDS[request.item]), "applicant": person(random), "phone": phone(random),
        "enterprise_name": dirt.enterprise_name(enterprise.name_at(when), random), "enterprise_uscc": uscc,
        "community": random.choice((request.place, f"{request.place}社区")), "content": "示例内容：请予办理",
        "accepted_date": _moment(request.accepted, form, random), "organisation": f"{request.place}社区工联会", "handler": person(random),
        "transfers": request.transfers, "status": random.choice(STATUS_WORDS[request.status]), "closed_date": _moment(request.closed, form, random),
        "promised_date": street_forms.day(request.promised, form, random), "callback": "示例回访" if request.satisfaction else None,
        "satisfaction": random.choice(ANSWER_WORDS[request.satisfaction] if request.satisfaction else ("未评价", None, None)),
        "result": random.choice(RESULT_WORDS[request.result]) if request.result else None, "linked_no": request.case_no,
    }  # fmt: skip
    return Entry(cells, _clean(request), [Flaw("enterprise_uscc", "check_digit")] if has_wrong_check(uscc) else [])


def _ends_early(entry: Entry, form: Form, random: Random) -> None:
    """Let a request end before it was made: the end is then unknown."""
    cell = _moment(entry.clean["applied_date"].replace(year=2016), form, random)
    entry.spoil("closed_date", cell, "date_order")


def _extra_lines(entries: Sequence[Entry], lines: list[Line], form: Form, random: Random) -> None:
    """Add a duplicate, a row without number and a row that contradicts another; all numbers stay as they are."""
    first, second, third = sorted(random.sample([at for at, e in enumerate(entries) if not e.flaws], 3), reverse=True)
    lines.append(Line("rejected", (None, *lines[first].cells[1:]), (Flaw("request_no", "required_missing"),)))
    at = form.names.index("item")
    cells = (f"{lines[third].cells[0]}补", *lines[third].cells[1:at], "综合服务", *lines[third].cells[at + 1 :])
    lines.append(Line("rejected", cells, (Flaw("item", "unknown_code"),)))
    at = form.names.index("channel")
    other = "自助机" if lines[second].cells[at] != "自助机" else "小程序"
    lines.append(
        Line(
            "rejected",
            (*lines[second].cells[:at], other, *lines[second].cells[at + 1 :]),
            (Flaw(None, "key_conflict"),),
        )
    )
    lines.insert(first + 1, Line("duplicates", lines[first].cells))


def half_sheet(requests: Sequence[Request], half: tuple[date, date], seed: int) -> Sheet:
    """Return the export of a half-year, with its planted flaws."""
    random, form = Random(f"{seed}/online sheet/{half[0]}"), NEW if half[0].year >= 2018 else OLD
    own = [request for request in requests if half[0] <= request.applied <= half[1]]
    entries = [make_entry(request, form, random) for request in own]
    plain = [e for e in entries if not e.flaws and e.clean["satisfaction"] and e.clean["result"] != "case"]
    for at, spoil in enumerate(SPOILS):
        plain[len(plain) * (at + 1) // 5].spoil(*spoil)
    _ends_early(plain[len(plain) * 4 // 5], form, random)
    lines = [street_forms.line(entry, form, serial) for serial, entry in enumerate(entries, 1)]
    _extra_lines(entries, lines, form, random)
    return street_forms.sheet_of(form, stem(half), half[0], half[1], lines)


def stem(half: tuple[date, date]) -> str:
    """Return the file's name without its ending, which is a CSV file's sheet name too."""
    return f"{STREET}智慧工建办件{half[0].year}年{half[0].month}月至{half[1].month}月_{FILE_MARK}"
