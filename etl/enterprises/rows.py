"""What the enterprise register says of each of its keys: names, codes, addresses, communities, and in which sheets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import duckdb
import polars as pl

from etl.clean import with_key
from etl.enterprises.names import address_cores, name_cores
from etl.ledger import ledger_kinds
from etl.values.credit import PATTERNS, VALID

Connection = duckdb.DuckDBPyConnection
FORMS = """
    select row_key, name, uscc, org_code, reg_no, address, community_id, min(as_of) as first_on, max(as_of) as last_on
    from ledger.enterprise group by all"""
SHEETS = """
    select distinct l.row_key, l.snapshot_id || ' ' || l.unit_id || ' ' || l.as_of as sheet
    from ledger.enterprise as l semi join wanted as w on l.row_key = w.row_key"""
OF_UNIONS = "select regexp_replace(name, '(基层)?(工会委员会|工会)$', '') from ledger.union_org"  # the enterprise's
EVENTS = (
    "dispute",
    "hazard",
    "online_request",
    "risk_score",
    "contract",
    "dues",
    "award",
)  # the ledgers that name enterprises by name and code


def forms(connection: Connection) -> pl.DataFrame:
    """Return the distinct ways in which each key stands in the registers, with what can be compared of them.

    Added: `core` (of the name), `full` (the whole name as a key), `place` (of the address), `organisation` (the
    organisation code that a valid code holds) and `registration` (a valid old registration number).
    """
    found = connection.sql(FORMS).pl()
    cores, places = name_cores(found["name"]), address_cores(found["address"])
    found = found.join(cores, on="name", how="left", maintain_order="left")
    found = found.join(places, on="address", how="left", maintain_order="left")
    kind = replace(ledger_kinds()["enterprise"], key=(("name",),))
    full = with_key(kind, found.select("name"))["row_key"].alias("full")
    organisation = pl.coalesce(_valid(found["uscc"], "uscc").str.slice(8, 9), _valid(found["org_code"], "org_code"))
    return found.with_columns(
        full,
        pl.select(organisation).to_series().alias("organisation"),
        _valid(found["reg_no"], "reg_no").alias("registration"),
    )


def _valid(codes: pl.Series, kind: str) -> pl.Series:
    """Return the codes that pass their check, else null; a row of one digit (000000000) is nobody's code."""
    shaped = codes.to_frame("code").with_columns(
        pl.when(pl.col("code").str.contains(PATTERNS[kind]) & ~pl.col("code").str.contains(r"0{8}|1{8}")).then("code")
    )["code"]
    texts = shaped.drop_nulls().unique(maintain_order=True)
    good = texts.filter(VALID[kind](texts)) if len(texts) else texts
    return shaped.to_frame("code").select(pl.when(pl.col("code").is_in(good.implode())).then("code")).to_series()


def sheets(connection: Connection, keys: Iterable[str]) -> dict[str, set[str]]:
    """Return in which registers (snapshot, unit and day) each of these keys stands."""
    connection.register("wanted", pl.DataFrame({"row_key": sorted(keys)}, schema={"row_key": pl.String}).to_arrow())
    found: dict[str, set[str]] = {}
    for key, sheet in connection.sql(SHEETS).fetchall():
        found.setdefault(key, set()).add(sheet)
    connection.unregister("wanted")
    return found


def event_codes(connection: Connection) -> pl.Series:
    """Return the distinct enterprise codes that the other ledgers write."""
    parts = " union ".join(f"select enterprise_uscc as code from ledger.{name}" for name in EVENTS)
    return connection.sql(f"select code from ({parts}) where code is not null order by code").pl()["code"]


def all_names(connection: Connection) -> pl.Series:
    """Return the distinct enterprise names of all ledgers."""
    parts = " union ".join(f"select enterprise_name as name from ledger.{name}" for name in EVENTS)
    query = f"""
        select name from (select name from ledger.enterprise union {parts} union {OF_UNIONS})
        where name is not null order by name"""
    return connection.sql(query).pl()["name"]
