"""Text rows of one ledger kind → typed rows, each with its fate, and the bad cells with their reasons.

All sheets of a kind are cleaned at once. Personal columns (P2, P3) do not get past this file: a person's number, name
and phone become a keyed hash here (`identity.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from etl.codelist import CodeLists
from etl.ledger import LedgerKind
from etl.values.cells import reasons
from etl.values.columns import BAD_COLUMNS, BAD_SCHEMA, PLACE, Context, type_columns
from etl.values.identity import hashed, identify, persons
from etl.values.person_times import has_both, move_person_times
from etl.values.rowchecks import check_rows
from etl.values.targets import as_measured, is_of_targets, read_targets
from etl.values.unsaid import without_values


@dataclass(frozen=True)
class Cleaned:
    """`rows`: every data row, typed; `bad`: one row per cell that could not be taken as written."""

    rows: pl.DataFrame
    bad: pl.DataFrame


def clean(
    kind: LedgerKind,
    frame: pl.DataFrame,
    units: pl.DataFrame | None,
    codes: CodeLists,
    number_cells: pl.DataFrame | None = None,
    as_of: pl.DataFrame | None = None,
    secret: bytes | None = None,
    age_limits: Mapping[str, float] | None = None,
) -> Cleaned:
    """Type the rows of one ledger kind.

    `frame`: sheet_no, row, then String columns by canonical id (a column may be missing);
    `units`: sheet_no, column, unit as the sheet's header or title says it;
    `number_cells`: Boolean columns in the rows' order, true where the cell held a fractional number;
    `as_of`: sheet_no, as_of (Date): a date after it is unusable, except ends of terms (`*_end`);
    `secret`: the street's key, with which persons are hashed (without it by a random one, good for this call only);
    `age_limits`: the ages (male, female) from which a member is too old.
    """
    frame = frame.with_columns(pl.col("sheet_no", "row").cast(pl.Int32))
    written, said = frame, units
    moved = pl.DataFrame(schema=BAD_SCHEMA)
    if has_both(kind):
        frame, units, moved = move_person_times(kind, frame, units)
    if is_of_targets(kind):
        frame, units = read_targets(frame, units)
    context = Context(kind, frame, units, codes, number_cells, as_of)
    rows, bad = type_columns(context)
    rules = persons(secret, age_limits)
    rows, of_persons = identify(kind, frame, hashed(kind, frame, rows, rules), as_of, rules)
    rows, soft = check_rows(kind, rows, frame)
    if is_of_targets(kind):
        rows, of_targets = as_measured(rows, written, said)
        soft = pl.concat([soft, of_targets])
    bad = pl.concat([bad, moved, of_persons, soft])
    rows = with_key(kind, rows)
    bad = pl.concat([bad, _missing(kind, rows, bad), _keyless(kind, rows)])
    bad = without_values(kind, bad)
    rejected = bad.filter(pl.col("severity") == "reject").select(PLACE).unique()
    rows = rows.join(rejected.with_columns(is_rejected=True), on=PLACE, how="left", maintain_order="left")
    rows = rows.with_columns(pl.col("is_rejected").fill_null(False))
    return Cleaned(rows, bad.select(BAD_COLUMNS).sort(PLACE, maintain_order=True))


def with_key(kind: LedgerKind, rows: pl.DataFrame) -> pl.DataFrame:
    """Add `row_key`: the first usable of the ledger's keys, as `column:value` or `a|b:value|value`."""
    rows = rows.with_columns(pl.lit(None, pl.String).alias("row_key"))
    for names in kind.key:
        rows = rows.with_columns(pl.coalesce("row_key", _one_key(kind, names)).alias("row_key"))
    return rows


def key_columns(kind: LedgerKind, names: tuple[str, ...]) -> list[str]:
    """Return the columns of typed rows that make one of the ledger's keys: a person is known by the hash alone."""
    columns = [kind.columns[name] for name in names]
    return [f"{one.id}_hash" if one.type == "identity" or one.hashed else one.id for one in columns]


def _one_key(kind: LedgerKind, names: tuple[str, ...]) -> pl.Expr:
    parts = []
    for place, name in enumerate(key_columns(kind, names)):
        type_ = "hash" if kind.columns[names[place]].hashed else kind.columns[names[place]].type
        # Names are long and most rows have a code: only those without a key yet are folded.
        wanted = pl.when(pl.col("row_key").is_null()).then(pl.col(name).cast(pl.String))
        text = _name_key(wanted) if name == "name" else _text_key(wanted)
        part = text if type_ == "text" else wanted
        # The sheet's reporting unit may say the community, so an empty one does not cost the key.
        parts.append(part.fill_null("-") if type_ == "community" and len(names) > 1 else part)
    return pl.format(f"{'|'.join(names)}:{'|'.join('{}' for _part in parts)}", *parts)


def _text_key(text: pl.Expr) -> pl.Expr:
    """Return a name or number as a key: capitals, no blanks, no brackets or quotation marks."""
    plain = text.str.normalize("NFKC").str.to_uppercase().str.replace_all(r"[\s()〔〕\[\]【】《》“”\"'·]", "")
    return pl.when(plain != "").then(plain)


def _name_key(name: pl.Expr) -> pl.Expr:
    """Return an enterprise's name as a key: 有限责任公司 as 有限公司, 深圳市 as 深圳."""
    short = _text_key(name).str.replace("有限责任公司", "有限公司", literal=True)
    return short.str.replace(r"^(\p{Han}{2,3}?)市", "$1")


def _missing(kind: LedgerKind, rows: pl.DataFrame, bad: pl.DataFrame) -> pl.DataFrame:
    """Return the empty required cells; those with a bad text are already named."""
    found = []
    for column in kind.columns.values():
        if column.required and not column.is_personal:
            named = bad.filter(pl.col("column") == column.id).select(PLACE)
            empty = rows.filter(pl.col(column.id).is_null()).select(PLACE).join(named, on=PLACE, how="anti")
            sentence = reasons()["required_missing"].format(title=column.title, value="")
            found.append(_rejects(empty, column.id, "required_missing", sentence))
    return pl.concat([pl.DataFrame(schema=BAD_SCHEMA), *found])


def _keyless(kind: LedgerKind, rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows without any key, unless the key's cell is required and so named already."""
    columns = [kind.columns[name] for key in kind.key for name in key]
    if not kind.identity and any(column.required and not column.is_personal for column in columns):
        return pl.DataFrame(schema=BAD_SCHEMA)
    is_empty = pl.col("row_key").is_null()
    if kind.identity:  # a required cell that is empty is named already
        is_empty &= pl.col(f"{kind.identity.id}_hash").is_null()
    empty = rows.filter(is_empty).select(PLACE)
    return _rejects(empty, kind.key[0][0], "no_key", reasons()["no_person" if kind.identity else "no_key"])


def _rejects(places: pl.DataFrame, column: str, code: str, sentence: str) -> pl.DataFrame:
    facts = {
        "column": column,
        "code": code,
        "reason": sentence,
        "value": None,
        "severity": "reject",
        "suggestion": None,
    }
    texts = [pl.lit(value, pl.String).alias(name) for name, value in facts.items()]
    return places.select(*PLACE, *texts)
