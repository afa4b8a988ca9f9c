"""联系人 from an original workbook: read in a child process, given to whoever asked, and kept nowhere.

    python -m etl.contacts        stdin {"files": [[path, name], …], "wanted": [{"id", "uscc", "name"}, …], "street"}
                                  stdout {"found": {id: {"contact", "phone", "legal_person"}}, "files": [{"file", "rows", "error"}]}

Only of the enterprises asked for, by credit code, else by a name that one enterprise alone bears. The warehouse never
holds a person: this is the one way back to them, for an export on this computer (users.md).
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from gettext import gettext as _
from pathlib import Path
from typing import Any

from etl.errors import AtlasError, FileError
from etl.formats.sheet_text import SheetText
from etl.ledger import ledger_kinds
from etl.read import read_file
from etl.recognise import NotALedger, Sheet, recognise
from etl.sheets.mapping import Mapping, load_mappings

LEDGER = "enterprise"
PERSONAL = ("contact", "phone", "legal_person")
CODES = ("uscc", "org_code", "reg_no")
LONGEST = 60  # characters of a name or number; more is no contact
Row = dict[str, str]


def code_key(text: str) -> str:
    """Return a credit code as it is compared; "" for what is none."""
    plain = re.sub(r"[^0-9A-Z]", "", unicodedata.normalize("NFKC", text).upper())
    return plain if len(plain) in (9, 15, 18) else ""


def name_key(text: str) -> str:
    """Return an enterprise's name as it is compared: 有限责任公司 as 有限公司, 深圳市 as 深圳, no blanks and brackets."""
    plain = re.sub(r"[\s()〔〕\[\]【】《》“”\"'·]", "", unicodedata.normalize("NFKC", text).upper())
    return re.sub(r"^([\u4e00-\u9fff]{2,3}?)市", r"\1", plain.replace("有限责任公司", "有限公司"))


def _rows(text: SheetText, sheet: Sheet) -> Iterator[Row]:
    """Yield the sheet's data rows with the columns that tell the enterprise and its contact, as they were typed."""
    wanted = {m.column: m.index - text.first_column for m in sheet.columns if m.column in (*CODES, "name", *PERSONAL)}
    place = {number: index for index, number in enumerate(text.row_numbers)}
    for number in sheet.rows:
        cells = text.rows[place[number]]
        yield {name: cells[at].strip()[:LONGEST] if 0 <= at < len(cells) else "" for name, at in wanted.items()}


def _file_rows(path: Path, name: str, mappings: tuple[Mapping, ...]) -> list[Row]:
    """Return a file's enterprises; FileError where it cannot be read or lists none."""
    found: list[Row] = []
    is_ledger = False
    for text in read_file(path, name):
        sheet = recognise(text, ledger_kinds(), mappings)
        if not isinstance(sheet, NotALedger) and sheet.ledger.id == LEDGER:
            is_ledger = True
            found += _rows(text, sheet)
    if not is_ledger:
        raise FileError(_("里面没有企业台账"), file=name, remedy=_("请选择报送时的企业台账原件"), code="no_ledger")
    if not any(row.get(column) for row in found for column in PERSONAL):
        raise FileError(
            _("这份企业台账没有联系人、联系电话"), file=name, remedy=_("请选择带联系方式的原件"), code="no_contacts"
        )
    return found


def _said(rows: Iterable[Row]) -> Row:
    """Return what rows of one enterprise say of its contact, each value once."""
    found = {column: list(dict.fromkeys(row[column] for row in rows if row.get(column))) for column in PERSONAL}
    return {column: "、".join(values) for column, values in found.items() if values}


def matched(rows: list[Row], wanted: list[dict[str, str]]) -> dict[str, Row]:
    """Return the contacts of the enterprises asked for: by code, else by a name that no two codes share."""
    by_code: dict[str, list[Row]] = {}
    by_name: dict[str, list[Row]] = {}
    for row in rows:
        for column in CODES:
            if key := code_key(row.get(column, "")):
                by_code.setdefault(key, []).append(row)
        if key := name_key(row.get("name", "")):
            by_name.setdefault(key, []).append(row)
    found = {}
    for one in wanted:
        own = code_key(one.get("uscc", ""))
        here = by_code.get(own, []) if own else []
        if not here:
            named = by_name.get(name_key(one["name"]), [])
            codes = {code for row in named for column in CODES if (code := code_key(row.get(column, "")))}
            # A row of that name with another code is another enterprise, or its old code: nobody can tell.
            here = named if len(codes) <= 1 and not (own and codes - {own}) else []
        if said := _said(here):
            found[one["id"]] = said
    return found


def contacts(files: list[tuple[Path, str]], wanted: list[dict[str, str]], street: Path | None = None) -> dict[str, Any]:
    """Return the contacts that the files hold for the enterprises asked for, and what became of each file."""
    mappings = load_mappings(street / "mappings", ()) if street else ()
    rows: list[Row] = []
    told: list[dict[str, Any]] = []
    for path, name in files:
        try:
            here = _file_rows(path, name, mappings)
        except AtlasError as error:
            told.append({"file": name, "rows": 0, "error": error.as_dict()})
            continue
        rows += here
        told.append({"file": name, "rows": len(here), "error": None})
    return {"found": matched(rows, wanted), "files": told}


def main() -> None:
    """Answer one request on standard input; called in a child process with bounds (etl/jobs/supervise.py)."""
    from etl.jobs import supervise, worker

    if supervise.is_worker():
        worker.become_worker()
    asked = json.load(sys.stdin)
    files = [(Path(path), name) for path, name in asked["files"]]
    found = contacts(files, asked["wanted"], Path(asked["street"]) if asked.get("street") else None)
    sys.stdout.write(json.dumps(found, ensure_ascii=False))


if __name__ == "__main__":
    main()
