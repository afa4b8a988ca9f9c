"""Schemes, the months in which each is in force and the reviews by hand, as tables of a generation."""

from __future__ import annotations

import duckdb

from etl.codelist import CodeLists
from etl.notes import notes
from etl.record.row_tables import write_table
from etl.schemes import Scheme, check_effective, load_schemes
from etl.street import Street

Connection = duckdb.DuckDBPyConnection


def write_warning_tables(connection: Connection, street: Street, codes: CodeLists) -> None:
    """Write core.warning_scheme, _scheme_level, _rule, _period and core.level_review; StreetError where one is wrong."""
    schemes, effective = load_schemes(street.path, codes), street.settings["warning_schemes"]
    check_effective(schemes, effective)
    _schemes(connection, schemes)
    _levels(connection, schemes)
    _rules(connection, schemes)
    _periods(connection, effective)
    _reviews(connection, street)


def _schemes(connection: Connection, schemes: dict[str, Scheme]) -> None:
    rows = [
        {"scheme": s.id, "title": s.title, "meaning": s.meaning, "source": s.source, "mark": s.mark,
         "is_scored": s.is_scored, "scheme_order": order}
        for order, s in enumerate(schemes.values())
    ]  # fmt: skip
    schema = {"scheme": "VARCHAR", "title": "VARCHAR", "meaning": "VARCHAR", "source": "VARCHAR", "mark": "VARCHAR",
              "is_scored": "BOOLEAN", "scheme_order": "INTEGER"}  # fmt: skip
    write_table(connection, "core.warning_scheme", schema, rows)


def _levels(connection: Connection, schemes: dict[str, Scheme]) -> None:
    """Write the levels; `severity` counts from 0 (the lightest) up."""
    rows = [
        {"scheme": s.id, "level": level.code, "title": level.title, "at_least": level.at_least, "severity": severity}
        for s in schemes.values()
        for severity, level in enumerate(reversed(s.levels))
    ]
    schema = {"scheme": "VARCHAR", "level": "VARCHAR", "title": "VARCHAR", "at_least": "DOUBLE", "severity": "INTEGER"}
    write_table(connection, "core.warning_scheme_level", schema, rows)


def _rules(connection: Connection, schemes: dict[str, Scheme]) -> None:
    rows = [
        {"scheme": s.id, "rule": r.id, "title": r.title, "indicator": r.indicator, "item": r.item,
         "at_least": r.at_least, "above": r.above, "points": r.points, "level": r.level,
         "window_days": r.window_days, "only_with_others": r.only_with_others, "rule_order": order}
        for s in schemes.values()
        for order, r in enumerate(s.rules)
    ]  # fmt: skip
    schema = {"scheme": "VARCHAR", "rule": "VARCHAR", "title": "VARCHAR", "indicator": "VARCHAR", "item": "VARCHAR",
              "at_least": "DOUBLE", "above": "DOUBLE", "points": "DOUBLE", "level": "VARCHAR",
              "window_days": "INTEGER", "only_with_others": "BOOLEAN", "rule_order": "INTEGER"}  # fmt: skip
    write_table(connection, "core.warning_rule", schema, rows)


def _periods(connection: Connection, effective: dict[str, str]) -> None:
    """Write from which month to before which other each scheme is in force; the last has no end."""
    starts = sorted(effective.items())
    ends = [*(month for month, _scheme in starts[1:]), None]
    rows = [
        {"scheme": scheme, "from_month": f"{start}-01", "before_month": end and f"{end}-01"}
        for (start, scheme), end in zip(starts, ends, strict=True)
    ]
    schema = {"scheme": "VARCHAR", "from_month": "DATE", "before_month": "DATE"}
    write_table(connection, "core.warning_period", schema, rows)


def _reviews(connection: Connection, street: Street) -> None:
    """Write the reviews that hold; who entered one stays in the note."""
    rows = [
        {**note, "month": f"{note['month']}-01", "score": note["score"] or None}
        for note in notes(street.path, "level_reviews")
    ]
    schema = {"enterprise_id": "VARCHAR", "month": "DATE", "level": "VARCHAR", "reason": "VARCHAR",
              "scheme": "VARCHAR", "scored_level": "VARCHAR", "score": "DOUBLE", "reviewed_on": "DATE"}  # fmt: skip
    write_table(connection, "core.level_review", schema, rows)
