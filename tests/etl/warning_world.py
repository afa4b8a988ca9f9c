"""A warehouse in memory that holds only what levels are made of, and the models run over it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb

from etl.codelist import CodeLists
from etl.models import models
from etl.record.warning_tables import write_warning_tables
from etl.street import Street, open_street
from metrics.periods import span

PLACE = {"load_id": "000001-aa", "file": "示例.xlsx", "sheet": "1月", "row": 3}
MODELS = [
    m for m in models() if m.name.startswith("core.warning_") or m.name in ("core.risk_row", "core.enterprise_match")
]
SOURCES = ("core.enterprise_month", "core.enterprise_alias", "core.name_core", "core.hazard", "core.dispute", "core.online_request", "core.month", "core.report",
           "core.code_extra", "core.setting", "ledger.dispute", "ledger.risk_score", "ledger.hazard", "ledger.online_request",
           *(f"ledger.{name}" for name in ("service", "contract", "dues", "award", "checklist")))  # fmt: skip
COMMUNITY = "440307013020"


class World:
    """Empty tables of the real shapes; rows are added, then `run` makes the levels."""

    def __init__(self, shapes: Path, months: tuple[str, str]) -> None:
        self.connection = duckdb.connect()
        self.connection.execute(f"attach '{shapes}' as shapes (read_only)")
        for schema in ("core", "ledger"):
            self.connection.execute(f"create schema {schema}")
        for table in SOURCES:
            self.connection.execute(f"create table {table} as select * from shapes.{table} limit 0")
        self.connection.execute("insert into core.code_extra select * from shapes.core.code_extra")
        self.add("core.setting", key="level_days", value="90")
        first, last = (date.fromisoformat(f"{month}-01") for month in months)
        for month in span(first, last):
            end = (month + timedelta(days=40)).replace(day=1) - timedelta(days=1)
            self.add("core.month", month=month, month_end=end)
            self.add(
                "core.report", ledger="risk_score", community_id=COMMUNITY, month=month, state="received", is_due=True
            )

    def add(self, table: str, **row: Any) -> None:
        """Insert one row; columns that are not said stay null, a ledger's rows are numbered."""
        if table.startswith("ledger."):
            [(count,)] = self.connection.execute(f"select count(*) from {table}").fetchall()
            row = {"row_id": count + 1, **row}
        names, marks = ", ".join(f'"{name}"' for name in row), ", ".join("?" * len(row))
        self.connection.execute(f"insert into {table} ({names}) values ({marks})", list(row.values()))

    def enterprise(self, number: int, **facts: Any) -> None:
        """List an enterprise in every month of the axis."""
        row = {"enterprise_id": f"uscc:{number}", "enterprise": f"示例企业{number}", "community_id": COMMUNITY,
               "workers": 100, "has_union": True, **PLACE, **facts}  # fmt: skip
        names, marks = ", ".join(f'"{name}"' for name in row), ", ".join("?" * len(row))
        query = f"insert into core.enterprise_month (month, as_of, {names}) select month, min(month) over (), {marks} from core.month"
        self.connection.execute(query, list(row.values()))

    def fact(
        self, number: int, indicator: str, quantity: float | None, day: str, period_to: str = "", **facts: Any
    ) -> None:
        """Add a row of the score sheet."""
        key = f"{number} {indicator} {day}"
        self.add(
            "ledger.risk_score", row_key=key, enterprise_uscc=f"{number}", enterprise_name=f"示例企业{number}", indicator=indicator,
            quantity=quantity, fact_date=day, fact_date_precision="day", community_id=COMMUNITY, load_no=1, unit_id="street",
            period_to=period_to or day, **{**PLACE, **facts},
        )  # fmt: skip

    def dispute(self, number: int, case: str, day: str, people: int = 3, **facts: Any) -> None:
        """Add a case in the raw ledger and as the model has it."""
        until = facts.pop("period_to", day)
        self.add("ledger.dispute", case_no=case, row_key=case, received_date=day, workers_involved=people, period_to=until, **PLACE)  # fmt: skip
        self.add(
            "core.dispute", dispute_id=case, enterprise_id=f"uscc:{number}", community_id=COMMUNITY, received_date=day,
            received_month=f"{day[:7]}-01", workers_involved=people, is_group=people >= 10, is_mass=people >= 30, **PLACE, **facts,
        )  # fmt: skip

    def run(self, street: Path, **settings: Any) -> World:
        """Write the schemes and reviews of a street's folder and make every model; each model's tests must hold."""
        found = open_street(street)
        chosen = Street(street, {**found.settings, **settings}, exists=True)
        write_warning_tables(self.connection, chosen, CodeLists.load())
        for model in MODELS:
            self.connection.execute(f"create {model.kind} {model.name} as {model.sql}")
            for test, query in model.tests.items():
                assert self.rows(query) == [], f"{model.name} {test}"
            for column in model.not_null:
                assert self.rows(f"select 1 from {model.name} where {column} is null") == [], f"{model.name} {column}"
        return self

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Return what a query finds."""
        return self.connection.execute(query).fetchall()

    def levels(self, scheme: str = "longgang_123") -> dict[tuple[int, str], tuple[float | None, str, str | None]]:
        """Return (score, level, expires_on) by enterprise and month."""
        query = f"""select enterprise_id, strftime(month, '%Y-%m'), score, level, cast(expires_on as varchar)
            from core.warning_level where scheme = '{scheme}'"""
        return {(int(e.removeprefix("uscc:")), month): tuple(facts) for e, month, *facts in self.rows(query)}
