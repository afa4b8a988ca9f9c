"""No planted name, number, phone, account, illness of archives, services, staff or honours is in any byte that the program keeps or hands out."""

from __future__ import annotations

import importlib
import pkgutil
import re
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest
from python_calamine import CalamineWorkbook

import cli
import etl.sample
from etl.errors import QuestionError
from etl.generations import READ_ONLY
from etl.intake import check
from etl.mending import mend
from etl.sample import SEED
from etl.sample.hardship import all_persons
from etl.street import open_street
from metrics.catalogue import catalogue
from metrics.question import Question
from metrics.values import rows
from metrics.warehouse import open_current

LEDGERS = ("帮扶", "服务", "队伍", "荣誉")  # folders of the sample that hold planted persons


def planted() -> tuple[str, ...]:
    """Return what the sample's modules planted: stems of names, numbers, illnesses."""
    modules = (importlib.import_module(f"etl.sample.{one.name}") for one in pkgutil.iter_modules(etl.sample.__path__))
    return tuple(dict.fromkeys(text for module in modules for text in getattr(module, "PLANTED_PERSONS", ())))


PATTERN = "|".join(map(re.escape, planted()))
IN_BYTES = re.compile(b"|".join(re.escape(text.encode(code)) for text in planted() for code in ("utf-8", "gb18030")))


def _texts(ledgers: Path) -> str:
    """Return every cell of the books that hold planted persons."""
    books = [path for path in ledgers.rglob("*.xlsx") if path.relative_to(ledgers).parts[0] in LEDGERS]
    return "\n".join(map(_cells, books))


def _cells(path: Path) -> str:
    """Return every cell of a workbook."""
    book = CalamineWorkbook.from_path(path)
    found = [str(cell) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row]
    return "\n".join(found)


def test_every_planted_text_is_in_the_ledgers(sample_ledgers: Path) -> None:
    """Otherwise the tests below could not fail."""
    assert {"示例在档人", "示例病种", "622299990000", "示例受助职工", "示例干部"} <= set(planted())
    text = _texts(sample_ledgers)
    missing = [one for one in planted() if one not in text]
    assert missing == []
    assert len(all_persons(SEED)) > 100


def test_no_byte_of_the_streets_folder_tells_a_person(sample_street: Path) -> None:
    """Receipts, logs, the secret's neighbours as they are; Parquet and DuckDB compress, so theirs are read below."""
    files = [path for path in sample_street.rglob("*") if path.is_file()]
    assert {".parquet", ".json", ".duckdb"} <= {path.suffix for path in files}
    assert [path.name for path in files if IN_BYTES.search(path.read_bytes())] == []


def test_no_cell_of_the_record_tells_a_person(sample_street: Path) -> None:
    """Rows, rejects and their reasons; the archive's rows are counts, without a day or a hash of anybody."""
    for path in sample_street.rglob("*.parquet"):
        frame = pl.read_parquet(path).select(pl.col(pl.String))
        assert not frame.select(pl.any_horizontal(pl.all().str.contains(PATTERN)).any()).item(), path.name
    (archive,) = sample_street.rglob("hardship.parquet")
    frame = pl.read_parquet(archive)
    assert {"identity_hash", "entered_date", "left_date", "name"} & set(frame.columns) == set()
    assert frame["row"].n_unique() == 1 and frame.height < 1_500


def test_no_cell_of_a_generation_tells_a_person(sample_street: Path) -> None:
    """Of every table but the largest, which come from other ledgers: the enterprises' months and the rosters."""
    path = max((sample_street / "generations").glob("*[0-9].duckdb"))
    with duckdb.connect(str(path), read_only=True, config=READ_ONLY) as connection:
        query = """select table_schema || '.' || table_name, list(column_name) from information_schema.columns
                   where data_type like 'VARCHAR%' and not table_name similar to 'enterprise.*|member.*|name_core'
                   group by 1 order by 1"""
        for table, columns in connection.execute(query).fetchall():
            wrong = " or ".join(f'regexp_matches("{column}"::varchar, ?)' for column in columns)
            found = connection.execute(f"select count(*) from {table} where {wrong}", [PATTERN] * len(columns))
            assert found.fetchone() == (0,), table


def test_check_repeats_no_person_of_an_archive(
    sample_ledgers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The rows it could not take are named by place and reason; what stood there is not said."""
    (archive,) = (sample_ledgers / "帮扶").rglob("*2018年12月*")
    cli.main(["check", str(archive), "--street", str(tmp_path), "--json"])
    said = capsys.readouterr()
    assert "hidden_identity" in said.out and "key_conflict" in said.out and "***" in said.out
    assert not re.search(PATTERN, said.out + said.err) and "特困" not in said.out


def test_no_answer_in_the_terminal_lists_persons(sample_street: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Sensitive numbers have no rows; small ones are not told by any cut."""
    warehouse = open_current(sample_street)
    for name in (name for name, metric in catalogue().items() if metric.sensitive):
        with pytest.raises(QuestionError, match="不提供明细"):
            rows(warehouse, Question(name, (), date(2018, 12, 1)))
    asked = ["metric", "hardship_archived", "--by", "community", "--street", str(sample_street), "--json"]
    assert cli.main(asked) == 0
    assert not re.search(r'"(?:value|numerator)": [1-4](?:\.0)?[,}]', capsys.readouterr().out)
    assert (
        cli.main(
            ["metric", "service_activities", "--rows", "--month", "2018-12", "--street", str(sample_street), "--json"]
        )
        == 0
    )
    assert not re.search(PATTERN, capsys.readouterr().out)


def test_no_download_that_helps_to_mend_tells_a_person(sample_ledgers: Path, tmp_path: Path) -> None:
    """退回修改单 name an archive's rows by number; a 批注件, which would be a copy of the archive, is refused in a sentence."""
    books = [
        path
        for path in sample_ledgers.rglob("*2018年*.xlsx")
        if path.relative_to(sample_ledgers).parts[0] in ("帮扶", "队伍")
    ]
    intake, street = check(books, open_street(tmp_path / "none")), open_street(tmp_path / "none")
    written = mend.returns(intake, street, tmp_path / "returns", None)["returns"]
    told = "\n".join(_cells(Path(path)) for path in written)
    assert "困难职工档案退回修改单" in told and "只保留上面一行" in told
    assert not re.search(PATTERN, told) and "特困" not in told
    marked = mend.marked_up(intake, books, tmp_path / "marked")
    assert {error["code"] for error in marked["not_marked_up"]} == {"persons"} and marked["marked_up"] == []
