"""The sample's services, budgets and archives come out of the whole pipeline as its truth file says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from etl.generations import READ_ONLY

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


SUMS = """count(*), count(*) filter (person_times is null), coalesce(sum(persons), 0), coalesce(sum(person_times), 0),
          round(coalesce(sum(spending_yuan), 0))"""  # nothing said adds nothing to a sum
NAMES = ("activities", "times_unknown", "persons", "person_times", "spending")


def test_services_come_out_as_planted(core: duckdb.DuckDBPyConnection, truth: Truth) -> None:
    wanted = truth["expected"]["services"]
    found = core.execute(f"select strftime(month, '%Y-%m'), {SUMS} from core.service group by 1").fetchall()
    assert {month: dict(zip(NAMES, row, strict=True)) for month, *row in found} == wanted["by_month"]
    query = f"""select coalesce(c.community, ''), {SUMS}
                from core.service s left join core.community c using (community_id) group by 1"""
    by_place = {name: dict(zip(NAMES, row, strict=True)) for name, *row in core.execute(query).fetchall()}
    assert by_place == wanted["by_community"]


def test_nobody_was_reached_where_nobody_was_planted(core: duckdb.DuckDBPyConnection, truth: Truth) -> None:
    planted = truth["planted"]["services"]
    query = """select count(*) from core.service s join core.community c using (community_id)
               where c.community = ? and strftime(s.month, '%Y-%m') >= ?"""
    assert core.execute(query, [planted["not_reached"], planted["from"]]).fetchone() == (0,)
    assert core.execute(
        "select count(distinct community_id) from core.service where month >= '2018-01-01'"
    ).fetchone() == (11,)


def test_most_named_enterprises_are_found_in_the_registers(core: duckdb.DuckDBPyConnection) -> None:
    query = "select count(enterprise_id), count(*) from core.service where enterprise is not null"
    found, named = core.execute(query).fetchall()[0]
    assert found > 0.95 * named > 200


def test_archives_come_out_as_planted(core: duckdb.DuckDBPyConnection, truth: Truth) -> None:
    """Counts alone: by day, community and class."""
    query = """select strftime(h.as_of, '%Y-%m'), c.community || '|' || h.tier, sum(h.persons)
               from ledger.hardship h join core.community c using (community_id) where h.what = 'on_file' group by 1, 2"""
    found: dict[str, dict[str, int]] = {}
    for month, name, count in core.execute(query).fetchall():
        found.setdefault(month, {})[name] = count
    assert found == truth["expected"]["hardship"]["on_file"]
    few = truth["planted"]["hardship"]["few_on_file"]
    december = found["2018-12"]
    assert {name: sum(n for key, n in december.items() if key.startswith(name)) for name in few} == few
