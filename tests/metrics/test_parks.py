"""Whose an enterprise of a park is: from the raw rows, in plain loops; each enterprise once."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from metrics.judging import parks
from metrics.judging.federations import Register, register
from metrics.judging.parks import counts, from_outside, of_park, owned
from metrics.periods import shift
from metrics.question import Question
from metrics.values import ask
from metrics.warehouse import Warehouse, open_current

DECEMBER, MARCH = date(2018, 12, 1), date(2018, 3, 1)
ZHONGHAO = ("park", "zhonghao")


@pytest.fixture(scope="module", name="warehouse")
def warehouse_(sample_street: Path) -> Warehouse:
    return open_current(sample_street)


def said(text: str, titles: dict[str, dict[str, str]]) -> list[tuple[str, str]]:
    """Return the federations that a text of the sample names: it writes them in full."""
    found = []
    for name in (text or "").split("、"):
        for kind, tail in (("park", "园区工会联合会"), ("community", "社区工会联合会")):
            if name.endswith(tail) and name.removesuffix(tail) in titles[kind]:
                found.append((kind, titles[kind][name.removesuffix(tail)]))
    return found


TABLES = {
    "code": "list, code, title from core.code where list in ('park', 'community')",
    "texts": 'load_id, file, sheet, "row", union_name from ledger.enterprise',
    "unions": "name, parent_name, as_of from ledger.union_org",
    "enterprises": 'enterprise_id, enterprise, community_id, park_id, has_union, is_own_union, load_id, file, sheet, "row"'
    " from core.enterprise_month where month = $month and is_operating and park_id is not null",
}


def read(warehouse: Warehouse, what: str, **values: Any) -> list[dict[str, Any]]:
    """Return a table's rows as plain records."""
    found = warehouse.cursor().execute(f"select {TABLES[what]}", values)
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def naive(warehouse: Warehouse, month: date) -> dict[str, tuple[str, Any]]:
    """Return, by enterprise of a park, its state and whose it is, as a person would read it off the rows."""
    titles: dict[str, dict[str, str]] = {"park": {}, "community": {}}
    for code in read(warehouse, "code"):
        titles[code["list"]][code["title"]] = code["code"]
    texts = {(r["load_id"], r["file"], r["sheet"], r["row"]): r["union_name"] for r in read(warehouse, "texts")}
    unions = [u for u in read(warehouse, "unions") if u["as_of"] < shift(month, 1)]
    newest = max(u["as_of"] for u in unions)
    parents = {u["name"]: u["parent_name"] for u in unions if u["as_of"] == newest}
    found = {}
    for e in read(warehouse, "enterprises", month=month):
        state = {None: "unknown", False: "none", True: "own" if e["is_own_union"] else "covered"}[e["has_union"]]
        text = texts[e["load_id"], e["file"], e["sheet"], e["row"]] or ""
        places = said(text, titles) or said(parents.get(text or f"{e['enterprise']}工会委员会") or "", titles)
        park = f"{next(t for t, code in titles['park'].items() if code == e['park_id'])}园区工会联合会"
        around = [("park", e["park_id"])] if park in parents else [("community", e["community_id"])]
        if state == "unknown":
            places, around = [], []
        elif state == "none":
            places = []
        first = sorted(places or around, key=lambda place: place[0] != "park")
        found[e["enterprise_id"]] = (state, first[0] if first else None)
    return found


@pytest.mark.parametrize("month", [DECEMBER, MARCH, date(2016, 3, 1)])
def test_whose_an_enterprise_is_is_read_off_the_rows(warehouse: Warehouse, month: date) -> None:
    """Every enterprise of a park, once; also in a month that carries the registers, and before a federation was."""
    inside = [one for one in owned(warehouse, month) if one.park_id]
    expected = naive(warehouse, month)
    assert len(inside) == len(expected) > 150
    assert {one.enterprise_id: (one.state, one.owner) for one in inside} == expected


def test_the_parks_hold_what_the_metric_counts(warehouse: Warehouse) -> None:
    """`--by park` and the list count the same enterprises; parks and the rest make the street, nobody twice."""
    found = owned(warehouse, DECEMBER)
    assert len({one.enterprise_id for one in found}) == len(found)
    rows = ask(warehouse, Question("coverage_rate", ("park",), DECEMBER)).rows
    for row in rows:
        if park := row.keys["park_id"]:
            inside = of_park(found, park)
            assert row.denominator == sum(one.state != "unknown" for one in inside)
            assert row.numerator == sum(one.is_covered for one in inside)
            assert sum(counts(inside)) == len(inside)
    street = ask(warehouse, Question("coverage_rate", (), DECEMBER)).row
    for side in ("numerator", "denominator"):
        assert sum(getattr(row, side) for row in rows) == getattr(street, side)
    assert [row.keys["park_id"] for row in rows][-1] is None


def test_the_street_decides_where_both_take_an_enterprise_in(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With primary_owner community, exactly those change that name both or none; the state of nobody does."""
    before = owned(warehouse, DECEMBER)
    monkeypatch.setattr(parks, "owner_kind", lambda _warehouse: "community")
    after = owned.__wrapped__(warehouse, DECEMBER)
    assert [one.state for one in after] == [one.state for one in before]
    for was, now in zip(before, after, strict=True):
        assert (was.owner != now.owner) == (was.how in {"both", "place", "possible"} and was.owner is not None)
    assert Counter(one.how for one in before)["both"] == 45


def test_a_federation_that_has_ended_owns_nobody(warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    """What still names a dissolved federation is the community's, and said to be looked at."""
    whole = register(warehouse, DECEMBER)
    ended = {**whole.federations, ZHONGHAO: replace(whole.federations[ZHONGHAO], state="dissolved")}
    monkeypatch.setattr(parks, "register", lambda _warehouse, _month: replace(whole, federations=ended))
    inside = of_park(owned.__wrapped__(warehouse, DECEMBER), "zhonghao")
    assert ZHONGHAO not in {one.owner for one in inside} and counts(inside)[0] == 0
    assert sum(bool(one.doubt) for one in inside) == sum("中浩" in one.named for one in inside) > 20


def test_without_the_register_nobody_knows_of_a_federation(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the enterprises' own ledger names still holds; the rest is not known, which is not «there is none»."""
    whole = register(warehouse, DECEMBER)
    nothing = replace(whole, federations={}, parents={}, known=frozenset())
    monkeypatch.setattr(parks, "register", lambda _warehouse, _month: nothing)
    found = owned.__wrapped__(warehouse, DECEMBER)
    assert {one.how for one in found if one.owner is None} == {"unheard"}
    assert {one.how for one in found if one.owner} == {"ledger", "both"}
    assert counts(found)[3] == sum(one.is_covered and one.owner is None for one in found) > 0


def test_an_enterprise_outside_may_belong_to_a_park(warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    """A neighbour whose ledger names the park's federation is its own, and not counted among the park's enterprises."""
    real = parks._rows

    def moved(*asked: Any) -> list[dict[str, Any]]:
        rows = real(*asked)
        first = next(row for row in rows if row["union_name"] == "中浩工业城园区工会联合会")
        first["park_id"] = None
        return rows

    inside = len(of_park(owned(warehouse, DECEMBER), "zhonghao"))
    monkeypatch.setattr(parks, "_rows", moved)
    found = owned.__wrapped__(warehouse, DECEMBER)
    assert len(of_park(found, "zhonghao")) == inside - 1 and len(from_outside(found, "zhonghao")) == 1


SPELLINGS = {"park": {"天安云谷": "P1", "中浩工业城": "P2", "中浩城": "P2"}, "community": {"中浩": "C1", "南坑": "C2"}}


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("天安云谷园区工会联合会", [("park", "P1")]),
        ("坂田街道天安云谷工联会", [("park", "P1")]),
        ("中浩园区工联会", []),  # 中浩 is a community's old name: its park is not guessed
        ("中浩城工联会", [("park", "P2")]),
        ("南坑社区工联会、中浩工业城园区工联会", [("community", "C2"), ("park", "P2")]),
        ("深圳市龙岗区坂田街道南坑社区工会联合会委员会", [("community", "C2")]),
        ("南坑社区第一联合工会委员会", []),
        ("示例电子有限公司工会委员会", []),
        ("", []),
    ],
)
def test_spellings_of_federations(text: str, places: list[tuple[str, str]]) -> None:
    assert list(Register({}, {}, SPELLINGS, frozenset()).meant(text)) == places
