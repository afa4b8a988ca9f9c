"""Metrics as data: one SQL file each, whose header defines the number and whose SELECT makes its unit rows."""

from __future__ import annotations

import json
import re
from dataclasses import MISSING, dataclass, field, fields
from datetime import date
from difflib import get_close_matches
from functools import cache
from gettext import gettext as _
from pathlib import Path
from typing import Any

import duckdb
import yaml

from etl.errors import QuestionError
from metrics.columns import COLUMNS, DIMENSIONS, REQUIRED

FOLDER = Path(__file__).parent
UNIVERSES = FOLDER / "judging" / "universe"
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml's where it is built in: ten times as fast
UNIT_TITLES = {
    "enterprise": "企业", "union": "工会", "dispute": "纠纷", "target": "年度任务", "hazard": "隐患线索",
    "request": "线上办件", "deadline": "办理期限", "facility": "阵地", "service": "服务活动", "archive": "困难职工档案",
    "budget": "经费预算", "post": "工会岗位", "rule": "制度", "meeting": "会议", "item": "清单事项", "contract": "集体合同",
    "dues": "工会经费", "honour": "荣誉", "award": "和谐创建", "community": "社区",
}  # fmt: skip
ALLOWED: dict[str, set[Any]] = {
    "unit": set(UNIT_TITLES),
    "kind": {"proportion", "ratio", "rate", "count", "balance", "amount", "median"},
    "aggregate": {"sum", "distinct", "median"},
    "time": {"stock", "flow"},
    "over_time": {"mean", "last", None},
    "period": {"month", "quarter", "ytd", "union-year", None},
    "better": {"higher", "lower", "none"},
    "interval": {"none", None},
    "no_rows": {"zero", "unknown"},
    "sensitive": {True, False},
    "of_street": {True, False},
    "running": {True, False},
}
DIVIDED = {"proportion", "ratio", "rate"}
# Measure words of how much, not of how many units; 户 of dues: a month inside a yearly row does not say how many.
QUANTITIES = {"人", "人次", "元", "平方米", "学时", "户"}


@dataclass(frozen=True)
class Metric:
    """A metric: the header of its file, and its SELECT with one row per unit and month.

    Shown to readers: `title`, `meaning`, `why`, `caveat` (`{setting|yes|no}` says how a setting stands), `source`,
    `owner`, `reviewed`, `measure` (measure word), `better` (higher, lower, none: no rank, no colour), `decimals`.
    `unit`       what is counted: one of UNIT_TITLES (enterprise, union, dispute, hazard report, deadline of a case …)
    `kind`       proportion (Wilson), ratio (clustered on its units), rate (Byar), count, balance, amount, median;
                 `interval: none` leaves the range out
    `aggregate`  how unit rows become one number: sum, distinct (units), median
    `over`       None (a count), "units" (a share of its own rows), or the metric that is the denominator: of the same
                 unit the SELECT returns it as `base`, of another unit it is summed on its own
    `time`       stock (read at the period's last month) or flow (summed over the period)
    `over_time`  a flow over a stock: mean of the month-ends, or last (then a community enters with all months or none)
    `period`     the one period it is always read over, such as ytd
    `per`, `per_year`  a rate's scale: per 1000, over a whole year
    `parts`      part → title; the SELECT returns `part_<part>`, 0/1 or a share of the value
    `no_rows`    what a reported community-month without rows means: zero of them, or unknown (no target is no 0)
    `ledgers`    those it rests on: a community-month counts if all of them have reported
    `universe`   the units that a reader would look for in a denominator (a file of metrics/judging/universe), for 分母明细;
                 `left_out` says why one of them is not in the SELECT, where nothing else says it
    `sensitive`  it counts persons in a sensitive class (困难, 患病, 残疾, 工伤, 心理): small counts are hidden from everyone
    `beside`     the other counts of a balance (在档 = 上期在档 ＋ 建档 － 退出), which together would tell small ones: it is
                 told of the whole street and whole years alone, and only where none of these counts is small
    `of_street`  rows without a community are the street's own (街道本级): they count in the street's total, in no community
    `running`    a stock that grows since January (本年累计): it has a last year, no last month and no year's start
    The SELECT's columns are its dimensions (`metrics/columns.py`) and what the rows behind the number show.
    """

    id: str
    topic: str
    sql: str
    columns: tuple[str, ...]
    title: str
    meaning: str
    why: str
    caveat: str
    source: str
    owner: str
    reviewed: date
    unit: str
    measure: str
    kind: str
    time: str
    better: str
    ledgers: tuple[str, ...]
    aggregate: str = "sum"
    over: str | None = None
    over_time: str | None = None
    period: str | None = None
    per: int = 1
    per_year: bool = False
    parts: dict[str, str] = field(default_factory=dict, hash=False)
    interval: str | None = None
    decimals: int | None = None
    no_rows: str = "zero"
    sensitive: bool = False
    universe: str | None = None
    left_out: str | None = None
    beside: tuple[str, ...] = ()
    of_street: bool = False
    running: bool = False

    @property
    def dimensions(self) -> tuple[str, ...]:
        """Return the dimensions that the SELECT knows; month is always one."""
        return (*(d.id for d in DIMENSIONS.values() if d.column in self.columns), "month")

    @property
    def has_own_base(self) -> bool:
        """Return whether numerator and denominator stand in the same unit rows."""
        return self.over == "units" or "base" in self.columns

    @property
    def adds_quantities(self) -> bool:
        """Return whether a row says how much, not only that it counts: rows of which none says it are no 0."""
        return self.measure in QUANTITIES and not self.has_own_base

    @property
    def is_percentage(self) -> bool:
        """Return whether the value is read as a percentage and its change in percentage points."""
        return self.kind in {"proportion", "ratio"}

    @property
    def unit_title(self) -> str:
        """Return the Chinese word for the unit of analysis."""
        return UNIT_TITLES[self.unit]


HEADER = {f.name for f in fields(Metric)} - {"id", "topic", "sql", "columns"}
NEEDED = {f.name for f in fields(Metric) if f.default is MISSING and f.default_factory is MISSING} & HEADER


def _fail(name: str, problem: str) -> ValueError:
    return ValueError(f"metrics, {name}: {problem}")


def _check_header(name: str, header: dict[str, Any]) -> None:
    """Refuse unknown, missing and impossible keys: every key changes a number or is shown."""
    if unknown := set(header) - HEADER:
        raise _fail(name, f"unknown keys {sorted(unknown)}")
    if missing := NEEDED - set(header):
        raise _fail(name, f"missing keys {sorted(missing)}")
    for key, allowed in ALLOWED.items():
        if key in header and header[key] not in allowed:
            raise _fail(name, f"{key} is {header[key]!r}, not one of {sorted(map(str, allowed))}")
    if (header["kind"] in DIVIDED) != ("over" in header):
        raise _fail(name, "proportion, ratio and rate have `over`, other kinds have none")
    if (header["kind"] == "median") != (header.get("aggregate") == "median"):
        raise _fail(name, "kind median and aggregate median go together")
    if header["kind"] != "rate" and (header.get("per", 1) != 1 or header.get("per_year")):
        raise _fail(name, "`per` and `per_year` belong to rates")
    if "parts" in header and header.get("aggregate", "sum") != "sum":
        raise _fail(name, "parts are sums")
    if "interval" in header and header["kind"] not in DIVIDED:
        raise _fail(name, "only what is divided has an interval to leave out")
    if "period" in header and header["time"] == "stock":
        raise _fail(name, "a stock is read at a month's end, whatever the period")
    if "universe" in header and not (UNIVERSES / f"{header['universe']}.sql").is_file():
        raise _fail(name, "`universe` is no file of metrics/judging/universe")
    if "left_out" in header and "universe" not in header:
        raise _fail(name, "`left_out` is said of a universe")


def _check_columns(name: str, header: dict[str, Any], columns: tuple[str, ...]) -> None:
    if missing := set(REQUIRED) - set(columns):
        raise _fail(name, f"the SELECT lacks {sorted(missing)}")
    parts = {f"part_{part}" for part in header.get("parts", {})}
    if unknown := set(columns) - set(COLUMNS) - parts:
        raise _fail(name, f"the SELECT returns unknown columns {sorted(unknown)}")
    if len(set(columns)) < len(columns):
        raise _fail(name, "the SELECT returns a column twice")
    if parts != {column for column in columns if column.startswith("part_")}:
        raise _fail(name, "the header's parts and the SELECT's part_… columns go together")
    if "base" in columns and header.get("over") in {None, "units"}:
        raise _fail(name, "a SELECT with a base names the metric that the base equals")


def _split(text: str, name: str) -> tuple[dict[str, Any], str]:
    match = re.match(r"\s*/\*(.*?)\*/\s*(.*?)[\s;]*\Z", text, re.S)
    if not match:
        raise _fail(name, "no header comment")
    return yaml.load(match[1], Loader=LOADER), match[2]


@cache
def _parser() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(config={"autoinstall_known_extensions": False, "autoload_known_extensions": False})


def _select_columns(name: str, sql: str) -> tuple[str, ...]:
    """Return the names of the outer SELECT's columns, as DuckDB's parser sees them."""
    (text,) = _parser().cursor().execute("select json_serialize_sql(?::varchar)", [sql]).fetchall()[0]
    parsed = json.loads(text)
    if parsed["error"]:
        raise _fail(name, parsed["error_message"])
    node = parsed["statements"][0]["node"]
    if node["type"] != "SELECT_NODE":
        raise _fail(name, "not one SELECT")
    return tuple(item["alias"] or item.get("column_names", ["?"])[-1] for item in node["select_list"])


def parse_metric(name: str, topic: str, text: str) -> Metric:
    """Validate one metric file; an impossible header or SELECT raises ValueError."""
    header, sql = _split(text, name)
    _check_header(name, header)
    columns = _select_columns(name, sql)
    _check_columns(name, header, columns)
    given = {**header, "ledgers": tuple(header["ledgers"]), "beside": tuple(header.get("beside", ()))}
    return Metric(id=name, topic=topic, sql=sql, columns=columns, **given)


def _check_denominator(metric: Metric, over: Metric | None) -> None:
    if over is None or over.over is not None:
        raise _fail(metric.id, f"over names {metric.over!r}, which is no count")
    if (over.unit == metric.unit) != metric.has_own_base:
        raise _fail(metric.id, "a denominator of the same unit is the SELECT's base, of another unit it is not")
    if metric.time == "stock" and over.time == "flow":
        raise _fail(metric.id, "a stock over a flow has no meaning")
    is_mixed = not metric.has_own_base and metric.time != over.time
    if is_mixed != bool(metric.over_time):
        raise _fail(metric.id, "over_time belongs to a flow over a stock")
    if over.aggregate != "sum":
        raise _fail(metric.id, "a denominator is a sum")


def _check_denominators(found: dict[str, Metric]) -> None:
    for metric in found.values():
        if not set(metric.beside) <= found.keys():
            raise _fail(metric.id, f"beside names {sorted(set(metric.beside) - found.keys())}, which are no metrics")
        if metric.over not in {None, "units"}:
            _check_denominator(metric, found.get(metric.over or ""))
        elif metric.over_time:
            raise _fail(metric.id, "over_time says how another metric is read")


@cache
def catalogue(folder: Path = FOLDER) -> dict[str, Metric]:
    """Return every metric by id, in the order of topics and file names."""
    files = sorted(folder.glob("*/*.sql"))
    found = {path.stem: parse_metric(path.stem, path.parent.name, path.read_text("utf-8")) for path in files}
    if len(found) < len(files):
        raise ValueError("metrics: two files bear the same name")
    _check_denominators(found)
    return found


def metric_of(name: str) -> Metric:
    """Return one metric; QuestionError names the nearest id where there is none."""
    found = catalogue()
    if name in found:
        return found[name]
    titles = {metric.title: metric.id for metric in found.values()}
    if name in titles:
        return found[titles[name]]
    longer = [title for title in titles if name and title.startswith(name)]  # 建会率 for 建会率（含工联会覆盖）
    near = longer or get_close_matches(name, [*found, *titles], n=1, cutoff=0.4)
    hint = _("是不是“{near}”？").format(near=near[0]) if near else ""
    message = _("没有“{name}”这个指标。").format(name=name)
    raise QuestionError(message, remedy=hint + _("全部指标见 metric --list"), code="unknown_metric")


def denominator(metric: Metric) -> Metric | None:
    """Return the metric of another unit that this one is divided by, if there is one."""
    return None if metric.over in {None, "units"} or metric.has_own_base else catalogue()[metric.over or ""]
