"""What the cells of a column look like (dates, 18-character codes, whole numbers, known words), before it has a meaning."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from etl.codelist import CodeLists
from etl.ledger import Column
from etl.values.cells import IDENTITY, PHONE

LOOKED_AT = 60  # cells of a column; more change no verdict
AGREES, DISAGREES = 0.8, 0.4
FEW = 3  # below this many cells nothing speaks against a meaning
YEAR = r"(?:19|20)\d\d"
DATE = re.compile(
    rf"{YEAR}[年./-]\d{{1,2}}(?:[月./-](?:\d{{1,2}}[日号]?)?)?(?:[ T].*)?|{YEAR}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|"
    rf"\d{{1,2}}/\d{{1,2}}/{YEAR}"
)
CREDIT = re.compile(r"[0-9A-HJ-NP-RTUW-Y]{18}")
INTEGER = re.compile(r"(?:约)?\d{1,3}(?:,\d{3})+(?:\.0+)?人?|(?:约)?\d{1,9}(?:余|多)?(?:人|家|名|个)?")
DECIMAL = re.compile(r"[￥¥]?-?\d[\d,]*(?:\.\d+)?(?:万|亿)?元?")
DEGREE = re.compile(r"\d{1,3}\.\d{3,}")
NUMBERED = re.compile(r"(?=.*\d)[\w〔〕（）()\[\]/-]{3,30}")
SHAPES = {
    "date": DATE, "credit_code": CREDIT, "integer": INTEGER, "decimal": DECIMAL, "money": DECIMAL, "lonlat": DEGREE,
    "identity": re.compile(IDENTITY), "phone": re.compile(PHONE), "numbered": NUMBERED,
}  # fmt: skip
LISTED = {"boolean": "boolean", "community": "community", "park": "park"}


@dataclass(frozen=True)
class Looks:
    """The first filled cells of a column, without width and blanks."""

    cells: tuple[str, ...]

    def share(self, shape: str) -> float:
        """Return the share of cells that have a shape, by its name in SHAPES."""
        return self._share([bool(SHAPES[shape].fullmatch(cell)) for cell in self.cells])

    def listed(self, name: str) -> float:
        """Return the share of cells that are spellings of a code list."""
        known = spellings(name)
        return self._share([_folded(cell) in known for cell in self.cells])

    def fit(self, column: Column) -> bool | None:
        """Return whether the cells speak for a meaning (True), against it (False), or neither."""
        if not self.cells:
            return None
        if column.id == "phone":
            share = self.share("phone")
        elif column.codes or column.type in LISTED:
            share = self.listed(column.codes or LISTED[column.type])
        elif column.type in SHAPES:
            share = self.share(column.type)
        else:
            return False if max(self.share("date"), self.share("credit_code")) >= AGREES else self._text_fit(column)
        return True if share >= AGREES else False if share < DISAGREES and len(self.cells) >= FEW else None

    def _text_fit(self, column: Column) -> bool | None:
        """Return what speaks for a text column: different numbers for a number; only numbers speak against a name."""
        if column.id.endswith("_no"):
            different = len(set(self.cells)) == len(self.cells) >= FEW
            return True if different and self.share("numbered") >= AGREES else None
        return False if self.share("decimal") >= AGREES and len(self.cells) >= FEW else None

    def _share(self, marks: Sequence[bool]) -> float:
        return sum(marks) / len(marks) if marks else 0.0


def looks_of(cells: Sequence[str]) -> Looks:
    """Look at the first filled cells of a column."""
    plain = []
    for cell in cells:
        if text := "".join(unicodedata.normalize("NFKC", cell).split()):
            plain.append(text)
            if len(plain) == LOOKED_AT:
                break
    return Looks(tuple(plain))


def _folded(text: str) -> str:
    return re.sub(r"[\W_]", "", text.upper()) or text


@cache
def spellings(name: str) -> frozenset[str]:
    """Return every spelling of one of the program's code lists that means something."""
    lists = CodeLists.load()
    if name not in lists.lists:
        return frozenset()
    known = lists.lookup([name]).drop_nulls("value").get_column("folded")
    return frozenset(text for text in known if text)
