"""What a yearly target may be set for: any metric, known by its own title, read from its file as data."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polars as pl

from etl.values.choices import fold_text

FOLDER = Path(__file__).resolve().parents[1] / "metrics"
LIST = "target_indicator"  # the code list that the metrics' titles are added to
# A target and how far it is are no targets themselves.
OWN = ("_target", "_target_progress")
SHARES = ("proportion", "ratio")
MOST_BYTES = 4_000  # of a file: its header comes first


@dataclass(frozen=True)
class Indicator:
    """A metric as the ledger of targets sees it; `is_share`: its value is a ratio (0.95) and written 95%."""

    id: str
    title: str
    kind: str

    @property
    def is_share(self) -> bool:
        """Return whether its targets are percentages."""
        return self.kind in SHARES

    @property
    def is_whole(self) -> bool:
        """Return whether its targets are whole numbers."""
        return self.kind in ("count", "balance")


def _said(text: str, key: str) -> str:
    found = re.search(rf"^{key}:[ \t]*(.+?)[ \t]*$", text, re.M)
    return found[1].strip("'\"") if found else ""


@cache
def indicators(folder: Path = FOLDER) -> dict[str, Indicator]:
    """Return every metric that a target may be set for, by id; titles that two metrics share stand for neither."""
    found = {}
    for path in sorted(folder.glob("*/*.sql"), key=lambda path: path.stem):
        header = path.read_text("utf-8")[:MOST_BYTES].partition("*/")[0]
        if not path.stem.endswith(OWN) and (title := _said(header, "title")) and (kind := _said(header, "kind")):
            found[path.stem] = Indicator(path.stem, title, kind)
    often = Counter(fold_text(one.title) for one in found.values())
    return {name: one for name, one in found.items() if often[fold_text(one.title)] == 1}


def with_indicators(synonyms: pl.DataFrame, folder: Path = FOLDER) -> pl.DataFrame:
    """Return the code list of what targets are set for: every metric under its title, then the list's other spellings.

    A spelling of a metric that is not there (any more) is left out; one that is a metric's own title means that metric.
    """
    known = indicators(folder)
    rows = [(one.title, one.id, "legal", one.title, fold_text(one.title)) for one in known.values()]
    legal = pl.DataFrame(rows, schema=["raw", "code", "kind", "title", "folded"], orient="row")
    others = synonyms.filter(pl.col("code").is_in(list(known))).join(legal.select("folded"), on="folded", how="anti")
    titles = {name: one.title for name, one in known.items()}
    named = others.with_columns(pl.col("code").replace(titles).alias("title"))
    return pl.concat([legal, named.select(legal.columns)])
