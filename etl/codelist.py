"""Code lists as data: `codes/<list>.csv` with the columns raw, code, kind, title (and extras).

kind says what the spelling is: `legal` (the title; the legal rows in order give codes and their
order), `misspelling` (known, means `code`), `unusable` (known, but cannot be coded; title says why).
A raw that ends in * is a beginning (C39* → C). Every code is also its own spelling.

A street's `codes/` wins: its community.csv and park.csv replace the program's (another street has
other places), every other list is added to, row by row, and an equal spelling is the street's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from gettext import gettext as _
from pathlib import Path

import polars as pl

from etl.errors import StreetError
from etl.values.cells import fold

FOLDER = Path(__file__).parent / "codes"
KINDS = ("legal", "misspelling", "unusable")
COLUMNS = ("raw", "code", "kind", "title")
PLACES = ("community", "park")


@dataclass(frozen=True, eq=False)
class CodeLists:
    """All code lists of a street, by name; the same object as long as nothing of them changes."""

    lists: dict[str, pl.DataFrame] = field(hash=False)
    spellings: pl.DataFrame = field(hash=False, repr=False)
    _legal: dict[str, pl.DataFrame] = field(default_factory=dict, init=False, repr=False)

    @classmethod
    def load(cls, program: Path = FOLDER, street: Path | None = None) -> CodeLists:
        """Read the program's lists and, over them, the street's; StreetError names a wrong file and row."""
        own = sorted(street.glob("*.csv")) if street else []
        if not own:
            return _programs(program)
        lists = dict(_programs(program).lists)
        for path in own:
            lists[path.stem] = _merge(path.stem, lists.get(path.stem), _read(path))
        if street and (street / "community.csv").exists() and not (street / "park.csv").exists():
            lists["park"] = lists["park"].clear()  # the program's parks lie in another street
        return _joined(lists)

    def rows(self, name: str) -> pl.DataFrame:
        """Return all rows of a list with every column of its file and `folded`."""
        if name not in self.lists:
            raise StreetError(_("没有名为{name}的代码表").format(name=name), remedy=_("请在codes文件夹中补上该代码表"))
        return self.lists[name]

    def legal(self, name: str) -> pl.DataFrame:
        """Return one row per code, in order, with the extra columns of the file (is_terminal, community …)."""
        if name not in self._legal:
            rows = self.rows(name).filter(pl.col("kind") == "legal")
            self._legal[name] = rows.unique("code", keep="first", maintain_order=True)
        return self._legal[name]

    def titles(self, name: str) -> list[tuple[str, str]]:
        """Return (code, title) of the legal rows in their order."""
        legal = self.legal(name)
        return list(zip(legal["code"], legal["title"], strict=True))

    def lookup(self, names: Sequence[str]) -> pl.DataFrame:
        """Return `list`, `folded` (unique in its list), `value` (null when unusable), `kind`, `title`."""
        for name in names:
            self.rows(name)
        return self.spellings.filter(pl.col("list").is_in(list(names)))

    def beginnings(self, name: str) -> list[tuple[str, str]]:
        """Return (folded beginning, code) of the rows whose raw ends in *, the longest first."""
        rows = self.rows(name).filter(pl.col("raw").str.ends_with("*")).select("folded", "code")
        return sorted(rows.iter_rows(), key=lambda row: -len(row[0]))


def _joined(lists: dict[str, pl.DataFrame]) -> CodeLists:
    for name, rows in lists.items():
        _validate(name, rows)
    return CodeLists(lists, pl.concat([_spellings(name, rows) for name, rows in lists.items()]))


@cache
def _programs(folder: Path) -> CodeLists:
    """Read the program's own lists once: they do not change while it runs."""
    from etl.indicators import LIST, with_indicators  # late: it reads the metrics' files

    lists = {path.stem: _read(path) for path in sorted(folder.glob("*.csv"))}
    if LIST in lists:
        lists[LIST] = with_indicators(lists[LIST])
    return _joined(lists)


def _spellings(name: str, rows: pl.DataFrame) -> pl.DataFrame:
    """Return every spelling of one list; each code and each title is a spelling of itself."""
    facts = ("code", "kind", "title")
    legal = rows.filter(pl.col("kind") == "legal")
    listed = rows.filter(~pl.col("raw").str.ends_with("*")).select("folded", *facts)
    own = [legal.select(fold(pl.col(column)).alias("folded"), *facts) for column in ("code", "title")]
    known = pl.concat([listed, *own]).unique("folded", keep="first", maintain_order=True)
    return known.select(pl.lit(name).alias("list"), "folded", pl.col("code").alias("value"), "kind", "title")


def _read(path: Path) -> pl.DataFrame:
    """Read one list as text; `folded` is the form in which spellings are compared."""
    try:
        rows = pl.read_csv(path, infer_schema=False, encoding="utf8")
    except (pl.exceptions.PolarsError, UnicodeDecodeError) as error:
        raise StreetError(_("代码表无法读取"), file=path.name, remedy=_("请另存为UTF-8编码的CSV")) from error
    if missing := [name for name in COLUMNS if name not in rows.columns]:
        raise StreetError(_("代码表缺少列：{names}").format(names="、".join(missing)), file=path.name)
    return rows.with_columns(fold(pl.col("raw")).alias("folded"))


def _merge(name: str, program: pl.DataFrame | None, street: pl.DataFrame) -> pl.DataFrame:
    if program is None or name in PLACES:
        return street
    # A code that the street retitles keeps its place in the order.
    retitled = street.filter(pl.col("kind") == "legal").select("code", pl.col("title").alias("_title"))
    kept = program.join(street.select("folded"), on="folded", how="anti", maintain_order="left")
    lost = program.join(street.select("folded"), on="folded", how="semi").filter(pl.col("kind") == "legal")
    kept = pl.concat([kept, lost.join(kept.filter(pl.col("kind") == "legal"), on="code", how="anti")])
    kept = kept.join(retitled.unique("code", keep="last"), on="code", how="left", maintain_order="left")
    is_legal = pl.col("kind") == "legal"
    kept = kept.with_columns(pl.when(is_legal).then(pl.coalesce("_title", "title")).otherwise("title").alias("title"))
    return pl.concat([kept.drop("_title"), street], how="diagonal")


def _validate(name: str, rows: pl.DataFrame) -> None:
    """Raise StreetError for an unknown kind, an unknown code or one spelling with two meanings."""
    codes = rows.filter(pl.col("kind") == "legal").get_column("code")
    wrong = rows.with_row_index("line", offset=2).filter(
        ~pl.col("kind").is_in(KINDS).fill_null(False)
        | ((pl.col("kind") != "unusable") & ~pl.col("code").is_in(codes.implode()).fill_null(False))
        | pl.col("raw").is_null()
    )
    twice = rows.unique(["folded", "code"]).filter(pl.col("folded").is_duplicated() & (pl.col("folded") != ""))
    for bad, message in ((wrong, _("代码表的类别或代码不对")), (twice, _("代码表中同一写法有两个代码"))):
        if len(bad):
            raise StreetError(f"{message}：{bad['raw'][0]}", file=f"{name}.csv", remedy=_("请更正该行"))
