"""Columns as wide as what they hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.model import Column, Table
from briefing.writers.columns import LEAST, MARGINS, ems, shares


def _table(*texts: str, widths: tuple[float, ...] = ()) -> Table:
    given_widths = widths or (1.0,) * len(texts)
    return Table(
        "t", "", tuple(Column("甲", width=width) for width in given_widths), (tuple((text,) for text in texts),)
    )


def test_ems() -> None:
    """A Chinese character, and punctuation of its width, is 1; digits about half."""
    assert ems("建会率") == 3
    assert ems("（－20.8%）") == pytest.approx(3 + 4 * 0.55 + 0.9)


def test_room_for_all_goes_by_the_documents_widths() -> None:
    """Nobody breaks; what is left over is shared as the document says."""
    found = shares(_table("建会率（含工联会覆盖）", "91.2%", widths=(1.0, 3.0)), 40)
    spare = 40 - (11 + MARGINS) - (0.55 * 4 + 0.9 + MARGINS)
    assert found == pytest.approx([(11 + MARGINS + spare / 4) / 40, (3.1 + MARGINS + spare * 3 / 4) / 40])


def test_only_the_widest_break() -> None:
    """A number keeps its line beside two long texts, which share what remains."""
    number, one, other = shares(_table("109,435人", "说" * 60, "明" * 90), 40)
    assert number * 40 == pytest.approx(ems("109,435人") + MARGINS)
    assert one == pytest.approx(other)


@given(
    st.lists(st.text(max_size=40), min_size=1, max_size=9),
    st.floats(30, 80),
)
def test_shares_fill_the_width(texts: list[str], room: float) -> None:
    """They sum to 1; where there is room every column has what it needs."""
    found = shares(_table(*texts), room)
    assert sum(found) == pytest.approx(1) and min(found) > 0
    needed = [max(LEAST, ems(text) + MARGINS) for text in texts]
    if sum(needed) <= room:
        assert all(share * room >= need - 1e-6 for share, need in zip(found, needed, strict=True))
