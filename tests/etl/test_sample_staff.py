"""Staff, rules, meetings and checklists of the sample: what was planted comes out again, and nobody's name does."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from etl.generations import READ_ONLY

Truth = dict[str, Any]
PLACE = "coalesce(c.community, 'street')"


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


def _counts(core: duckdb.DuckDBPyConnection, query: str) -> dict[str, int]:
    return dict(core.execute(f"{query} group by 1 order by 1").fetchall())


def test_staff_come_out_as_planted(core: duckdb.DuckDBPyConnection, truth: Truth) -> None:
    """At each register's day: persons by community, the street's own among them, and posts by kind."""
    for month, wanted in truth["expected"]["staff"].items():
        day = f"month = date '{month}-01'"
        persons = f"select {PLACE}, count(*) from core.staff_month left join core.community c using (community_id) where is_staff and {day}"
        posts = f"select staff_kind, count(*) from core.staff_month where is_on_post and {day}"
        assert _counts(core, persons) == wanted["persons"]
        assert _counts(core, posts) == wanted["posts"]


def test_near_relatives_and_several_posts_come_out_as_planted(core: duckdb.DuckDBPyConnection, truth: Truth) -> None:
    planted = truth["planted"]["staff"]
    relatives = "select c.community, count(*) from core.staff_month join core.community c using (community_id) where is_relative and is_person and month = date '2018-12-01'"
    assert _counts(core, relatives) == planted["near_relatives"]
    several = """select count(*) from (select identity_hash from ledger.staff where as_of = date '2018-12-31'
                 group by identity_hash having count(*) > 1)"""
    assert core.execute(several).fetchone() == (planted["persons_with_several_posts"],)


def test_rules_come_out_as_planted(core: duckdb.DuckDBPyConnection, truth: Truth) -> None:
    for month, wanted in truth["expected"]["rules_in_force"].items():
        query = f"""select {PLACE}, count(*) from core.rule_month left join core.community c using (community_id)
                    where is_in_force and month = date '{month}-01'"""
        assert _counts(core, query) == wanted
        assert wanted["南坑"] == 10 and wanted["street"] == 1
    named = "select rule from core.rule_month join core.community using (community_id) where month = date '2018-12-01' and community = '南坑'"
    rules = Counter(name for (name,) in core.execute(named).fetchall())
    assert rules == Counter({**dict.fromkeys(truth["planted"]["rules"]["named_in_nankeng"], 1), "名称未公布": 5})


def test_meetings_and_checklists_come_out_as_planted(core: duckdb.DuckDBPyConnection, truth: Truth) -> None:
    for year, wanted in truth["expected"]["meetings"].items():
        where = "case when community_id is null then 'street' else 'communities' end"
        query = f"select meeting_kind || '|' || {where}, count(*) from core.meeting where year(held_date) = {year}"
        assert _counts(core, query) == wanted
    for month, wanted in truth["expected"]["checklists"].items():
        query = f"select checklist || '|' || coalesce(status, 'unknown'), count(*) from core.checklist_month where month = date '{month}-01'"
        assert _counts(core, query) == wanted


def test_no_content_of_a_checklist_is_invented(core: duckdb.DuckDBPyConnection) -> None:
    """The article names the lists, not what stands in them."""
    items = {item for (item,) in core.execute("select distinct item from core.checklist_month").fetchall()}
    assert items and all(item.endswith("项（内容待街道填写）") for item in items)
