"""What the columns of a sample sheet may be: name, type, privacy class, code list, guessed from header and cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from gettext import gettext as _
from pathlib import Path
from typing import Any

import yaml

from etl.codelist import CodeLists
from etl.formats.sheet_text import SheetText
from etl.ledger import Column, ledger_kinds
from etl.sheets.cell_looks import AGREES, Looks, looks_of, spellings
from etl.sheets.header import SEQUENCE, levels_of, normalise, shown_header
from etl.sheets.row_fates import NOTES, TOTALS

WORDS = Path(__file__).parents[1] / "defaults" / "column_words.yml"
SURE = 0.9
ROWS = 2000  # of a sample that are looked at
PLACES = ("community", "park")
NO_LIST = (*PLACES, "boolean", "change", "size_band", "deadlines", "workday")
SENSITIVE = re.compile(r"身份证|证件号|银行|卡号|账号|病|残疾|困难原因|家庭住址")
PERSON = re.compile(
    r"姓名|联系人|负责人|经办人|填表人|填报人|报告人|信息员|讲师|老师|主讲|调解员|法定代表人|法人代表|签到人|责任人|承办人|联络员"
)
CONTACT = re.compile(r"电话|手机|联系方式|微信|邮箱|住址")
FREE = re.compile(r"备注|情况说明|事由|诉求|案情|简介|情况描述")
MONEY = re.compile(r"金额|经费|费用|补贴|奖励|资金|款")
COUNT = re.compile(r"数|人次|次数|场次|家次|件次|年龄|面积")
SUFFIX = {"date": "date", "integer": "count", "decimal": "value", "money": "amount_yuan", "text": "text", "code": "code",
          "boolean": "is", "credit_code": "uscc", "community": "community", "park": "park", "lonlat": "degree"}  # fmt: skip
UNIT_OF_MONEY = ("元", "千元", "万元", "百万元", "亿元")


@dataclass(frozen=True)
class Guess:
    """A column of the new ledger: its facts as in a ledger's file, what to review, and its cells."""

    id: str
    header: str
    facts: dict[str, Any]
    why: str
    cells: tuple[str, ...]

    @property
    def is_full(self) -> bool:
        """Return whether no row leaves it out."""
        return bool(self.cells) and all(self.cells)

    @property
    def is_distinct(self) -> bool:
        """Return whether no two rows have the same."""
        return len(set(self.cells)) == len(self.cells)


def guess_columns(sheet: SheetText, first: int, end: int) -> tuple[Guess, ...]:
    """Guess the columns under the header in rows `first` to `end` (positions, the last one excluded)."""
    rows = [row for row in sheet.rows[end : end + ROWS] if not _is_foot(row)]
    guesses: list[Guess] = []
    titles: set[str] = set()
    for place, level in enumerate(levels_of(sheet, first, end - first)):
        cells = [row[place].strip() for row in rows]
        if not level or _is_sequence(level[-1], cells):
            continue
        header = shown_header(level)
        title = header if normalise(header)[0] not in titles else f"{header}{place + 1}"
        titles.add(normalise(header)[0])
        guesses.append(_guess(title, header, level, tuple(cells), place, {guess.id for guess in guesses}))
    return tuple(guesses)


def _is_foot(row: Sequence[str]) -> bool:
    """Return whether a row is blank, a total or a note."""
    texts = ["".join(cell.split()) for cell in row if cell.strip()]
    return len(texts) < 2 or any(TOTALS.fullmatch(text) for text in texts[:2]) or bool(NOTES.match(texts[0]))


def _is_sequence(header: str, cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return normalise(header)[0] in SEQUENCE and filled == [str(number) for number in range(1, len(filled) + 1)]


def _guess(
    title: str, header: str, level: tuple[str, ...], cells: tuple[str, ...], place: int, taken: set[str]
) -> Guess:
    name, unit = normalise(level[-1])
    looks = looks_of(cells)
    facts, why = _facts(name, unit, looks, cells)
    known = _known(name, facts)
    id_ = _free(known.id if known else _named(name, facts, place), taken, place)
    if re.search(r"_\d+$", id_):
        why = "；".join(filter(None, [why, _("请改一个说得清的英文名")]))
    variants = [v for v in ((known.title, *known.variants) if known else ()) if normalise(v)[0] != normalise(title)[0]][
        :7
    ]
    shown = {"title": title, **facts, **({"variants": variants} if variants else {})}
    return Guess(id_, header, shown, why, cells)


def _facts(name: str, unit: str | None, looks: Looks, cells: tuple[str, ...]) -> tuple[dict[str, Any], str]:
    """Return type, codes, privacy … of a column, and what a person should look at."""
    if personal := _personal(name, looks):
        return personal
    for type_ in PLACES:
        if looks.cells and looks.listed(type_) >= AGREES:
            return {"type": type_}, ""
    for type_ in ("credit_code", "date", "lonlat"):
        if looks.cells and looks.share(type_) >= AGREES:
            return {"type": type_}, ""
    is_number = bool(looks.cells) and looks.share("decimal") >= SURE
    if (MONEY.search(name) or unit in UNIT_OF_MONEY) and (is_number or not looks.cells):
        return {"type": "money", "unit": "元", "min": 0}, ""
    if looks.cells and looks.share("integer") >= SURE and (COUNT.search(name) or unit or _is_small(looks)):
        return {"type": "integer", **({"unit": unit} if unit else {}), "min": 0}, ""
    if is_number and any("." in cell for cell in looks.cells):
        return {"type": "decimal"}, ""
    return _listed(name, looks)


def _personal(name: str, looks: Looks) -> tuple[dict[str, Any], str] | None:
    if SENSITIVE.search(name) or (looks.cells and looks.share("identity") >= AGREES):
        return {"type": "text", "privacy": "P3"}, _("敏感个人信息，读到即丢")
    if PERSON.search(name) or CONTACT.search(name) or (looks.cells and looks.share("phone") >= AGREES):
        return {"type": "text", "privacy": "P2"}, _("个人信息，读到即丢")
    if FREE.search(name):
        return {"type": "text", "privacy": "P2"}, _("随手写的内容可能有姓名电话，读到即丢；确实没有再改级别")
    return None


def _is_small(looks: Looks) -> bool:
    """Return whether whole numbers are short enough to be counts rather than codes."""
    return all(len(re.sub(r"\D", "", cell)) <= 6 and not cell.startswith("0") or cell == "0" for cell in looks.cells)


def _listed(name: str, looks: Looks) -> tuple[dict[str, Any], str]:
    """Return a code list that the cells are of, else yes and no, else plain text."""
    if looks.cells and looks.listed("boolean") >= SURE and (name.startswith("是否") or len(set(looks.cells)) <= 2):
        return {"type": "boolean", "codes": "boolean"}, ""
    lists = [list_ for list_ in CodeLists.load().lists if list_ not in NO_LIST and len(set(looks.cells)) >= 2]
    shares = sorted(((looks.listed(list_), -len(spellings(list_)), list_) for list_ in lists), reverse=True)
    if shares and shares[0][0] >= SURE:
        return {"type": "code", "codes": shares[0][2]}, _("各格都在代码表 {name} 中，请核对是不是同一回事").format(
            name=shares[0][2]
        )
    return {"type": "text"}, ""


def _known(name: str, facts: dict[str, Any]) -> Column | None:
    """Return the column of another ledger that the header always means: a place, a code, a person, a code list."""
    found = []
    for kind in sorted(ledger_kinds().values(), key=lambda kind: kind.mode):
        for column in kind.columns.values():
            same = (column.type, column.codes, column.is_personal) == (
                facts["type"], facts.get("codes"), facts.get("privacy") in ("P2", "P3"))  # fmt: skip
            telling = column.type in (*PLACES, "credit_code", "lonlat", "code") or column.is_personal
            if same and telling and name in {normalise(text)[0] for text in (column.title, *column.variants)}:
                found.append(column)
    titled = [column for column in found if normalise(column.title)[0] == name]  # before a mere variant of another
    return next(iter([*titled, *found]), None)


@cache
def _words() -> dict[str, str]:
    said = yaml.safe_load(WORDS.read_text("utf-8"))
    return dict(sorted(said.items(), key=lambda pair: -len(pair[0])))


def _named(name: str, facts: dict[str, Any], place: int) -> str:
    """Return a column's name from the words of its header (培训日期 → training_date), else from its type."""
    rest, parts = re.sub(r"[^\u4e00-\u9fff]", "", name), []
    while rest:
        word = next((word for word in _words() if rest.startswith(word)), None)
        if word is None:
            break
        parts.append(_words()[word])
        rest = rest[len(word) :]
    if parts and not rest:
        id_ = "_".join(dict.fromkeys(parts))
        return f"{id_}_yuan" if facts["type"] == "money" else id_
    return f"{SUFFIX.get(facts['type'], 'text')}_{place + 1}"


def _free(id_: str, taken: set[str], place: int) -> str:
    return id_ if id_ not in taken else f"{id_}_{place + 1}"
