"""No name, phone or identity number of a roster is in the record, a generation, a receipt, a log or an answer."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest

import cli
from etl.errors import StreetError
from etl.generations import READ_ONLY
from etl.street import found_street, keep_secret, open_street
from metrics.question import Question
from metrics.values import rows
from metrics.warehouse import open_current

# What the sample's persons are made of (etl/sample/members.py), however it is written.
BORN = r"((19|20)\d\d|\d\d)(0[1-9]|1[0-2])([0-2]\d|3[01])"
PERSON = rf"会员(甲|乙|丙|丁|戊|己|庚|辛|壬|癸|子|丑)\d{{5}}|199-?0000-?\d{{4}}|999999{BORN}\d{{3}}|E9999\d{{5}}"
# Side by side in a file, credit codes of region 449999 may hold as many nines.
IN_BYTES = PERSON.replace("999999(", "(?<![49])999999(", 1).encode()


def test_the_pattern_finds_a_person_in_the_ledgers(sample_ledgers: Path) -> None:
    """Otherwise the tests below could not fail."""
    for path in (sample_ledgers / "会员").rglob("*.csv"):
        text = path.read_bytes().decode("utf-8-sig" if path.read_bytes()[:3] == b"\xef\xbb\xbf" else "gb18030")
        found = {match[0][:3] for match in re.finditer(PERSON, text)}
        assert {"199", "999"} <= found and any(part.startswith("会员") for part in found), path.name


def test_no_byte_of_the_streets_folder_names_a_person(sample_street: Path) -> None:
    """Receipts and logs as they are; Parquet and DuckDB compress, so theirs are read cell by cell below."""
    pattern = re.compile(IN_BYTES)
    files = [path for path in sample_street.rglob("*") if path.is_file()]
    assert {".parquet", ".json", ".duckdb"} <= {path.suffix for path in files}
    assert [path.name for path in files if pattern.search(path.read_bytes())] == []


def test_no_cell_of_the_record_names_a_person(sample_street: Path) -> None:
    for path in sample_street.rglob("*.parquet"):
        frame = pl.read_parquet(path).select(pl.col(pl.String))
        assert not frame.select(pl.any_horizontal(pl.all().str.contains(PERSON)).any()).item(), path.name


def test_no_cell_of_a_generation_names_a_person(sample_street: Path) -> None:
    path = max((sample_street / "generations").glob("*[0-9].duckdb"))
    with duckdb.connect(str(path), read_only=True, config=READ_ONLY) as connection:
        query = """select table_schema || '.' || table_name, column_name from information_schema.columns
                   where data_type like 'VARCHAR%' order by all"""
        columns = connection.execute(query).fetchall()
        assert ("ledger.member", "identity_hash") in columns
        for table, column in columns:
            found = f'select count(*) from {table} where regexp_matches("{column}"::varchar, ?)'
            assert connection.execute(found, [PERSON]).fetchone() == (0,), (table, column)


def test_no_row_of_core_and_of_an_answer_is_a_person(sample_street: Path) -> None:
    """core holds unions with their counts; the hash, a person's stand-in, stays in schema ledger."""
    warehouse = open_current(sample_street)
    query = "select distinct table_schema from information_schema.columns where column_name = 'identity_hash'"
    assert warehouse.cursor().execute(query).fetchall() == [("ledger",)]
    behind = rows(warehouse, Question("members_registered", (), date(2018, 12, 1)))
    assert 300 < len(behind) < 900 and behind["value"].sum() > 90_000
    assert behind["unit_name"].str.contains("工会").all()


def test_check_repeats_no_person(sample_ledgers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Not even of the rows that it rejects; the reason and the place are said."""
    (roster,) = (sample_ledgers / "会员").rglob("四季花城*")
    cli.main(["check", str(roster), "--street", str(tmp_path), "--json"])
    said = capsys.readouterr()
    assert "under_age" in said.out and "check_digit" in said.out and "***" in said.out
    assert not re.search(PERSON, said.out + said.err)


def test_the_key_of_the_first_load_is_the_streets_key(tmp_path: Path) -> None:
    """Persons are hashed before the folder is made: the key that hashed them must be the one that is kept."""
    fresh = open_street(tmp_path / "street")
    made = found_street(tmp_path / "street", is_sample=False, key=fresh.secret())
    assert made.secret() == fresh.secret() == open_street(tmp_path / "street").secret()
    assert (tmp_path / "street" / "secret.key").stat().st_mode & 0o777 == 0o600
    assert open_street(tmp_path / "other").secret() != fresh.secret()
    assert fresh.secret().decode() not in repr(fresh)


def test_a_lost_key_is_not_replaced_while_there_are_rosters(tmp_path: Path) -> None:
    """With a new key everyone would be somebody else; the sentence says where the old one is."""
    street = found_street(tmp_path, is_sample=False)
    (tmp_path / "secret.key").unlink()
    keep_secret(street)
    assert open_street(tmp_path).secret() == street.secret()
    (tmp_path / "secret.key").unlink()
    (tmp_path / "loads" / "000001-x").mkdir(parents=True)
    (tmp_path / "loads" / "000001-x" / "member.parquet").touch()
    with pytest.raises(StreetError, match="对不上人") as stopped:
        keep_secret(open_street(tmp_path))
    assert stopped.value.as_dict()["code"] == "secret_lost" and "备份" in stopped.value.as_dict()["remedy"]
