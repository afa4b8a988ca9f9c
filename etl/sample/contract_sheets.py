"""The subject 集体合同 of the sample: a register a half-year for the whole street, messy as they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from random import Random
from typing import TYPE_CHECKING, Any

from etl.sample import dirt, street_forms
from etl.sample.contracts import DAYS, INDUSTRY, LAPSED, WITHOUT_COVER, Contract, contracts_on
from etl.sample.enterprise_rows import Entry
from etl.sample.files import File
from etl.sample.identity import has_wrong_check, person
from etl.sample.places import FILE_MARK, MARK, STREET
from etl.sample.sheets import Cell, Flaw, Line, Sheet
from etl.sample.street_forms import Form, columns

if TYPE_CHECKING:
    from etl.sample.rest import World

OLD = Form(
    "contract",
    columns("-=序号 community=所在社区 enterprise_name=单位名称 enterprise_uscc=社会信用代码 kind=合同类型 covers=适用范围 contract_no=备案号 "
            "signed_date=签订时间 term_end=有效期至 covered_workers=覆盖职工人数 negotiators=首席代表 remark=备注"),
    "{street}集体合同签订情况表　{mark}", "chinese", "截至{day}", signature="填表人：示例填表人", summed="covered_workers",
)  # fmt: skip
NEW = Form(
    "contract",
    columns("-=序号 contract_no=合同编号 kind=合同类别 scope=签订层级 enterprise_name=企业名称 enterprise_uscc=统一社会信用代码 union_name=职工方 "
            "community=所属社区 park=所属园区 covers=覆盖范围 covered_units=覆盖企业数 covered_workers=覆盖职工数 signed_date=签订日期 "
            "term_start=起始 term_end=终止 registered_date=备案日期 status=履行状态 remark=备注"),
    "{street}集体合同台账（{day}）　{mark}", "slash", notes=("注：区域性合同填覆盖范围，行业性合同按名单逐家填写。",), summed="covered_workers",
)  # fmt: skip
NEW_GROUPS = (("", 10), ("合同覆盖", 2), ("", 1), ("合同期限", 2), ("", 3))
KIND_WORDS = {
    ("general",): ("集体合同", "综合性集体合同"), ("wage",): ("工资专项集体合同", "工资专项"), ("female",): ("女职工专项集体合同", "女职工专项"),
    ("general", "female"): ("集体合同、女职工专项集体合同",),
}  # fmt: skip
SCOPE_WORDS = {
    "enterprise": ("企业", "企业集体合同"),
    "regional": ("区域性", "区域性集体合同"),
    "industrial": ("行业性", "行业"),
}
COVER_WORDS = {
    "own": ("本企业", "全体职工"), "listed": ("名单所列企业", "见名单"), "federation": ("工联会覆盖企业",), "unionised": ("本园区已建会企业",),
}  # fmt: skip


def _clean(contract: Contract) -> dict[str, Any]:
    e = contract.enterprise
    return {
        "contract_no": contract.no, "kinds": contract.kinds, "community": contract.community, "end": contract.end, "signed": contract.signed,
        "number": e.number if e else None, "covers": contract.covers, "covered_workers": contract.workers,
    }  # fmt: skip


def make_entry(contract: Contract, form: Form, day: date, random: Random) -> Entry:
    """Return a contract as the cells of that form."""
    e = contract.enterprise
    uscc = e.uscc_at(day) if e else None
    state = random.choice(("履行中", "有效")) if contract.is_valid(day) else random.choice(("到期", "已到期", None))
    cells: dict[str, Cell] = {
        "contract_no": contract.no, "kind": random.choice(KIND_WORDS[contract.kinds]), "scope": random.choice(SCOPE_WORDS[contract.scope]),
        "covers": random.choice(COVER_WORDS[contract.covers]) if contract.covers else None,
        "enterprise_name": dirt.enterprise_name(e.name_at(day), random) if e else None, "enterprise_uscc": dirt.code(uscc, random),
        "union_name": f"{e.name_at(day)}工会委员会" if e else f"{contract.park or contract.community + '社区'}工会联合会",
        "community": random.choice((contract.community, f"{contract.community}社区")), "park": contract.park,
        "covered_units": contract.units, "covered_workers": contract.workers, "signed_date": street_forms.day(contract.signed, form, random),
        "term_start": street_forms.day(contract.signed, form, random), "term_end": street_forms.day(contract.end, form, random),
        "registered_date": None, "status": state, "negotiators": person(random), "remark": None,
    }  # fmt: skip
    return Entry(cells, _clean(contract), [Flaw("enterprise_uscc", "check_digit")] if has_wrong_check(uscc) else [])


def _spoil(entries: Sequence[Entry], form: Form) -> None:
    """Leave three rows with a cell that cannot be used: two without an end, one whose state says nothing."""
    own = [e for e in entries if not e.flaws and e.clean["number"] and e.clean["kinds"] == ("general",)]
    for at, cell, code in ((0, "长期", "bad_date"), (3, "三年", "bad_date")):
        own[at].spoil("term_end", cell, code)
        own[at].clean["end"] = None
    if "status" in form.names:
        own[6].cells["status"] = "协商中"
        own[6].flaws.append(Flaw("status", "unusable_code"))


def _extra(entries: Sequence[Entry], lines: list[Line], form: Form) -> None:
    """Add a duplicate, a row whose kind says nothing, and one that contradicts another."""
    sound = [at for at, e in enumerate(entries) if not e.flaws and e.clean["number"]]
    first, second, third = sound[10], sound[20], sound[30]
    kind, workers, number = (form.names.index(name) for name in ("kind", "covered_workers", "contract_no"))

    def other(at: int, *cells: tuple[int, Cell]) -> tuple[Cell, ...]:
        changed = dict(cells)
        return tuple(changed.get(place, cell) for place, cell in enumerate(lines[at].cells))

    extra = [
        Line(
            "rejected",
            other(second, (kind, "专项集体合同"), (number, "坂集〔2018〕99999号")),
            (Flaw("kind", "unusable_code"),),
        ),
        Line("rejected", other(third, (workers, 1)), (Flaw(None, "key_conflict"),)),
    ]
    lines += extra
    lines.insert(first + 1, Line("duplicates", lines[first].cells))


def register(contracts: Sequence[Contract], day: date, seed: int) -> Sheet:
    """Return the register of that day."""
    random, form = Random(f"{seed}/contracts/sheet/{day}"), NEW if day.month == 12 else OLD
    entries = [make_entry(contract, form, day, random) for contract in contracts]
    _spoil(entries, form)
    lines = [street_forms.line(entry, form, serial) for serial, entry in enumerate(entries, 1)]
    _extra(entries, lines, form)
    sheet, width = Sheet("集体合同", "contract", STREET, as_of=day), len(form.columns)
    said = f"{day.year}年{day.month}月{day.day}日"
    titles = (form.title.format(street=STREET, mark=MARK, day=said), form.second_title.format(day=said))
    sheet.add_title(*[title for title in titles if title], width=width)
    sheet.add_header([header for _column, header in form.columns], NEW_GROUPS if form is NEW else ())
    sheet.lines += lines
    total = sum(row["covered_workers"] or 0 for row in sheet.accepted())
    sheet.add("total", "合计", *(total if name == form.summed else None for name in form.names[1:]))
    for note in form.notes:
        sheet.add("note", note)
    if form.signature:
        sheet.add("signature", form.signature)
    return sheet


def files(world: World) -> Iterator[File]:
    """Yield a workbook per half-year."""
    for day in DAYS:
        path = f"合同/{STREET}集体合同台账{day.year}年{day.month}月_{FILE_MARK}.xlsx"
        yield File(path, (register(contracts_on(world.enterprises, day, world.seed), day, world.seed),))


def planted(world: World) -> dict[str, Any]:
    """Return what was planted on purpose."""
    return {
        "contract_without_cover": WITHOUT_COVER, "contract_lapsed": LAPSED, "contract_by_list": f"坂集〔{INDUSTRY[2].year}〕92001号",
    }  # fmt: skip


def expected(sheets: Sequence[Sheet]) -> dict[str, Any]:
    """Return, by the register's day, how many different contracts of each kind are in force."""
    found: dict[str, dict[str, int]] = {}
    for sheet in (s for s in sheets if s.ledger == "contract" and s.as_of):
        valid = [row for row in sheet.accepted() if row["end"] and sheet.as_of and row["end"] >= sheet.as_of]
        numbers = {
            kind: {row["contract_no"] for row in valid if kind in row["kinds"]}
            for kind in ("general", "wage", "female")
        }
        found[f"{sheet.as_of}"] = {kind: len(those) for kind, those in numbers.items()}
    return {"contracts": found}
