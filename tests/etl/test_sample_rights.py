"""What the sample plants in contracts, dues, honours, awards and unions comes out of the production path again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from etl.generations import READ_ONLY
from etl.sample.dues import ACCOUNT
from etl.sample.honours import ARTICLE, PERSONAL, PLANTED_PERSONS

Truth = dict[str, Any]


@pytest.fixture(scope="module")
def truth(sample_ledgers: Path) -> Truth:
    """Return the truth file of the sample."""
    loaded: Truth = json.loads((sample_ledgers / "truth.json").read_text("utf-8"))
    return loaded


@pytest.fixture(scope="module")
def core(sample_street: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Return the generation that the production path made of the sample."""
    path = max((sample_street / "generations").glob("*[0-9].duckdb"))
    with duckdb.connect(str(path), read_only=True, config=READ_ONLY) as connection:
        yield connection


def test_contracts_in_force_are_those_planted(core: duckdb.DuckDBPyConnection, truth: Truth) -> None:
    query = """select kind, count(distinct contract_id) from core.contract_month
               where month = date_trunc('month', ?::date) and is_valid group by kind"""
    for day, planted in truth["expected"]["contracts"].items():
        assert dict(core.execute(query, [day]).fetchall()) == planted, day
    unsaid = core.execute("select subject from intake.check_row where check_id = 'contract_cover_unsaid'").fetchall()
    assert unsaid == [(f"{truth['planted']['contract_without_cover']}社区工会联合会",)]


def test_dues_are_what_was_owed_and_paid(core: duckdb.DuckDBPyConnection, truth: Truth) -> None:
    query = """select year(month) || ' ' || coalesce(kind, 'None'), round(sum(due_yuan), 2), sum(paid_yuan)
               from core.dues_payment where not is_repeated group by 1"""
    found = {key: {"due": due, "paid": paid} for key, due, paid in core.execute(query).fetchall()}
    assert found == truth["expected"]["dues"]


def test_honours_of_organisations_only(core: duckdb.DuckDBPyConnection, truth: Truth) -> None:
    """The article's two are there, the two of persons are refused, and nobody's name is in the warehouse."""
    for day, count in truth["expected"]["honours"].items():
        query = "select count(*) from core.honour_month where month = date_trunc('month', ?::date)"
        assert core.execute(query, [day]).fetchone() == (count,), day
    national = "select honour, recipient, community_id from core.honour_month where level = 'national' and month = '2018-12-01'"
    assert sorted(core.execute(national).fetchall()) == sorted(
        (name, recipient, place and "440307013020") for name, recipient, place, _day, _level in ARTICLE
    )
    kept = "select count(*) from ledger.honour where honour in (select unnest(?::varchar[])) or recipient in (select unnest(?::varchar[]))"
    assert core.execute(kept, [list(PERSONAL), list(PLANTED_PERSONS)]).fetchone() == (0,)
    refused = "select count(*) from intake.bad_cell where \"column\" = 'recipient_kind' and severity = 'reject' and code = 'unusable_code'"
    assert core.execute(refused).fetchone() == (truth["planted"]["honours_of_persons_refused"],)


def test_harmonious_ones_are_those_planted(core: duckdb.DuckDBPyConnection, truth: Truth) -> None:
    query = """select kind, count(distinct holder_id) from core.award_month
               where is_current and month = date_trunc('month', ?::date) group by kind"""
    for day, planted in truth["expected"]["awards"].items():
        assert dict(core.execute(query, [day]).fetchall()) == planted, day
    unmatched = "select count(*) from core.award_month where kind = 'enterprise' and enterprise_id is null"
    assert core.execute(unmatched).fetchone() == (0,)


def test_every_union_of_its_own_is_joined_to_its_enterprise(core: duckdb.DuckDBPyConnection) -> None:
    """Also those whose enterprise is gone; a federation's enterprises are joined by what the register says or by place."""
    query = """select count(*) from core.union_held as u anti join core.union_enterprise as x using (union_id, month)
               where u.union_type = '1' and month = '2018-12-01'"""
    assert core.execute(query).fetchone() == (0,)
    ways = "select how, is_own, count(*) > 0 from core.union_enterprise where month = '2018-12-01' group by all"
    assert {(how, own) for how, own, _some in core.execute(ways).fetchall()} == {
        ("told", True), ("told", False), ("name", True), ("place", False),
    }  # fmt: skip


def test_no_account_and_no_person_gets_into_a_load(sample_street: Path) -> None:
    for path in (sample_street / "loads").rglob("*"):
        if path.is_file():
            raw = path.read_bytes()
            assert ACCOUNT.encode() not in raw and not any(name.encode() in raw for name in PLANTED_PERSONS), path.name
