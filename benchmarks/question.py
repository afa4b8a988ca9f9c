"""A question ÷ the same SQL by hand, on the sample and on a warehouse many times its size."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import duckdb

from benchmarks.ratio import Ratio, milliseconds
from metrics.question import Question
from metrics.values import ask
from metrics.warehouse import Warehouse, open_current, open_generation

HERE = Path(__file__).parent / "by_hand"
RUNS = 15
LIMIT, LIMIT_ADDED_MS, SLOW_MS = 1.5, 2.0, 10.0
TIMES = 40  # how many streets the larger warehouse holds: a city district
DECEMBER = date(2018, 12, 1)
QUESTIONS = {
    "coverage_rate_by_community": Question("coverage_rate", ("community",), DECEMBER),
    "workers_by_month": Question("workers", ("month",), DECEMBER, start=date(2016, 1, 1)),
    "membership_rate_area_by_industry": Question("membership_rate_area", ("industry",), DECEMBER),
    "disputes_received_by_cause": Question("disputes_received", ("cause",), DECEMBER, period="ytd"),
    "hazard_verified_rate_by_sign": Question("hazard_verified_rate", ("sign",), DECEMBER, period="ytd"),
    "online_on_time_rate_by_item": Question("online_on_time_rate", ("item",), DECEMBER, period="ytd"),
    "disputes_preceded_by_report_rate_by_cause": Question(
        "disputes_preceded_by_report_rate", ("cause",), DECEMBER, period="ytd"
    ),
}
MORE = {
    "core.enterprise_month": "t.* replace (t.enterprise_id || '-' || copy as enterprise_id)",
    **dict.fromkeys(
        ("core.dispute", "core.dispute_lead"),
        "t.* replace (t.dispute_id || '-' || copy as dispute_id)",
    ),
    "core.hazard": "t.* replace (t.report_id || '-' || copy as report_id)",
    "core.online_request": "t.* replace (t.request_id || '-' || copy as request_id)",
}


def many_streets(warehouse: Warehouse, folder: Path) -> Warehouse:
    """Return a copy of the warehouse whose enterprises and cases stand in it many times over."""
    path = folder / "000001.duckdb"
    shutil.copyfile(warehouse.path, path)
    with duckdb.connect(str(path)) as connection:
        for table, columns in MORE.items():
            rows = f"select {columns} from {table} as t cross join range(1, {TIMES}) as r(copy)"
            connection.execute(f"insert into {table} {rows}")
        connection.execute("checkpoint")
    return open_generation(path)


def _both(warehouse: Warehouse, name: str) -> tuple[float, float]:
    """Return the milliseconds of the question and of the SQL by hand, which must give the same numerators."""
    sql, question = (HERE / f"{name}.sql").read_text("utf-8"), QUESTIONS[name]
    by_hand = {row[1] for row in warehouse.cursor().execute(sql).fetchall()}
    answered = {row.numerator for row in ask(warehouse, question).rows if row.numerator}
    if by_hand != answered:
        raise AssertionError(f"{name}: {sorted(by_hand)} by hand, {sorted(answered)} by question")
    ours = milliseconds(lambda: ask(warehouse, question), RUNS)
    return ours, milliseconds(lambda: warehouse.cursor().execute(sql).fetchall(), RUNS)


def _ratio(warehouse: Warehouse, name: str, size: str) -> Ratio:
    ours, base = _both(warehouse, name)
    title = f"查询 {name}（{size}）"
    if base >= SLOW_MS:
        return Ratio(f"{title} ÷ 手写 SQL", ours, base, LIMIT)
    return Ratio(f"{title}比手写 SQL 多用", ours - base, None, LIMIT_ADDED_MS)


def measure(street: Path, folder: Path) -> list[Ratio]:
    """Measure every question on the sample and on the larger warehouse."""
    sample = open_current(street)
    large = many_streets(sample, folder)
    sizes = ((sample, "示例街道"), (large, f"{TIMES}个街道"))
    return [_ratio(warehouse, name, size) for warehouse, size in sizes for name in QUESTIONS]
