"""可比社区: who is suggested, why, and what the street has set."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from etl.notes import add_note, take_back
from metrics.judging.peer_reasons import Profile, reasons
from metrics.judging.peers import peers, suggested, those
from metrics.question import Question
from metrics.scope import communities
from metrics.values import ask
from metrics.warehouse import Warehouse, open_current
from tests.metrics.tiny import blank, enterprise, report, write

MONTH = date(2018, 12, 1)
A, B, C, D, E = (f"44030701300{number}" for number in range(5))


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    """Return A and B (small, trade), C and D (large, manufacturing), and E, which has not reported."""
    street = blank(5, MONTH, 1)
    number = 0
    for place, community in enumerate(street.communities):
        street.add("community_month", community_id=community, month=MONTH)
        report(street, "enterprise", community, MONTH, "missing" if place == 4 else "received")
        for step in range((10, 12, 100, 80, 50)[place]):
            industry = ("F" if step % 4 else "C") if place < 2 else ("C" if step % 4 else "F")
            band = "<25" if step % 2 else "25-99"
            enterprise(street, number, MONTH, community, industry=industry, size_band=band, ownership="170")
            number += 1
    return write(street, tmp_path)


def test_like_are_suggested_and_unreported_are_nobodys(warehouse: Warehouse) -> None:
    found = suggested(warehouse, MONTH, 1)
    assert {own: [peer.community_id for peer in of] for own, of in found.items()} == {A: [B], B: [A], C: [D], D: [C]}
    assert [peer.community for peer in found[A]] == ["马安堂"]
    assert all(len(of) == 3 for of in suggested(warehouse, MONTH, 4).values())
    assert all(of == tuple(sorted(of, key=lambda p: p.distance)) for of in suggested(warehouse, MONTH, 4).values())


def test_reasons_are_the_numbers_shown_elsewhere(warehouse: Warehouse) -> None:
    (peer,) = suggested(warehouse, MONTH, 1)[C]
    count = {r.keys["community_id"]: r.numerator for r in ask(warehouse, Question("enterprises", ("community",))).rows}
    assert peer.reasons == (
        f"企业数相近（{count[C]:.0f}家／{count[D]:.0f}家），制造业占比相近（75%／75%），"
        "25人以下企业占比相近（50%／50%），私营企业占比相近（100%／100%）"
    )


def profile(count: float, **mixes: dict[str, float]) -> Profile:
    return Profile("x", count, {"industry": {}, "size_band": {}, "ownership": {}} | mixes)


def test_every_reason_only_where_it_is_true() -> None:
    """A quarter more enterprises is like, more is not; five points are like, six are not; unknown says nothing."""
    own = profile(100, industry={"制造业": 50, "批发和零售业": 50})
    assert reasons(own, profile(125)) == "企业数相近（100家／125家）"
    assert reasons(own, profile(126)) == "各项都有差别，综合起来最接近（企业数100家／126家）"
    near = profile(300, industry={"制造业": 45, "批发和零售业": 55})
    assert reasons(own, near) == "制造业占比相近（50%／45%）"
    assert reasons(own, profile(300, industry={"制造业": 44, "批发和零售业": 56})).startswith("各项都有差别")
    small = profile(100, size_band={"25人以下": 3, "25—99人": 1})
    assert reasons(small, profile(500, size_band={"25人以下": 3, "25—99人": 1})) == "25人以下企业占比相近（75%／75%）"
    owned = profile(100, ownership={"私营企业": 1})
    assert reasons(owned, profile(500, ownership={"私营企业": 9})) == "私营企业占比相近（100%／100%）"


def test_what_the_street_sets_goes_before_the_suggestion(warehouse: Warehouse, tmp_path: Path) -> None:
    """One entry per community; the others stay suggestions until all are set; a later entry replaces, in its order."""
    before = peers(warehouse, tmp_path)
    assert (before.is_set, before.set_on, before.own) == (False, "", frozenset())
    assert before.of == suggested(warehouse, MONTH)
    add_note(tmp_path, "peers", community_id=A, peer_id=(D, C), set_on="2018-12-30", set_by="王")
    one = peers(warehouse, tmp_path)
    assert [peer.community_id for peer in one.of[A]] == [D, C]
    assert one.of[B] == before.of[B] and not one.is_set and one.own == {A}
    for community in (B, C, D, E):
        add_note(tmp_path, "peers", community_id=community, peer_id=(A,), set_on="2019-01-03", set_by="李")
    add_note(tmp_path, "peers", community_id=A, peer_id=(B,), set_on="2019-01-04", set_by="张")
    whole = peers(warehouse, tmp_path)
    assert (whole.is_set, whole.set_on, whole.set_by) == (True, "2019-01-04", "张")
    assert [peer.community_id for peer in whole.of[A]] == [B] and E not in whole.of
    assert whole.of[A] == tuple(peer for peer in before.of[A] if peer.community_id == B)  # distance and reasons stay
    take_back(tmp_path, "peers", community_id=A)
    assert peers(warehouse, tmp_path).of[A] == before.of[A]


def test_set_peers_that_cannot_be_shown_are_left_out(warehouse: Warehouse, tmp_path: Path) -> None:
    """A community without a register, one that is no more, and the community itself."""
    add_note(tmp_path, "peers", community_id=A, peer_id=(E, "990000000000", A, C), set_on="2018-12-30", set_by="王")
    assert [peer.community_id for peer in peers(warehouse, tmp_path).of[A]] == [C]


def test_a_what_if_is_said_like_any_other_peer(warehouse: Warehouse, tmp_path: Path) -> None:
    """The same distance and reasons as in the list, in the order chosen, and nothing is kept of it."""
    listed = {peer.community_id: peer for peer in suggested(warehouse, MONTH)[A]}
    assert those(warehouse, A, [D, B]) == (listed[D], listed[B])
    assert those(warehouse, E, [A]) == () == those(warehouse, A, [E])
    assert not (tmp_path / "notes").exists()


def test_of_the_sample(sample_street: Path) -> None:
    """Every community has four peers, none itself, and the large ones are each other's."""
    warehouse = open_current(sample_street)
    titles = {c.id: c.title for c in communities(warehouse)}
    found = {titles[own]: [peer.community for peer in of] for own, of in suggested(warehouse, MONTH).items()}
    assert set(found) == set(titles.values())
    assert all(len(set(of)) == 4 and own not in of for own, of in found.items())
    assert "五和" in found["坂田"] and "坂田" in found["五和"]
