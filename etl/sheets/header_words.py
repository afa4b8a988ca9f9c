"""Headers that mean the same in every ledger: 变动类型 makes a register's sheet a change list, 坐标系 names its coordinates."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

from etl.sheets.header import normalise

WORDS = Path(__file__).parents[1] / "defaults" / "header_words.yml"


@cache
def header_words(name: str) -> frozenset[str]:
    """Return the normalised spellings of one such header (change, crs)."""
    said = yaml.safe_load(WORDS.read_text("utf-8"))
    return frozenset(normalise(word)[0] for word in said[name])
