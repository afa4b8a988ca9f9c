"""Every registered thing is walked: metric, ledger, code list, model, check, page, verb, document.

A thing that is there but not documented, not well-formed or not reachable fails here, whoever added it.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import cli
from etl.codelist import FOLDER as CODES
from etl.codelist import CodeLists
from etl.ledger import ledger_kinds
from etl.models import Check, Model, checks, models
from metrics.catalogue import catalogue
from metrics.receipts import checks as checks_found
from metrics.warehouse import open_current
from pages import DISPUTE, MANAGE, ORGANISE, PAGES, SEE, WRITE
from tests.source import ROOT

CHINESE = re.compile(r"[\u4e00-\u9fff]")
KINDS, METRICS, MODELS, CHECKS = ledger_kinds(), catalogue(), models(), checks()
DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
# Lists that no ledger column names: places are types of their own, the rest is computed by a model or read elsewhere.
LISTS_WITHOUT_COLUMN = {
    "community",
    "park",
    "boolean",
    "size_band",
    "change",
    "deadlines",
    "workday",
    "case_phase",
    "checklist",
    "group_band",
    "facility_room",
}


def _is_chinese(text: str) -> bool:
    return bool(CHINESE.search(text))


def test_the_six_ledgers_and_fourteen_metrics_are_there() -> None:
    """What issue 2 asks for by name; more may come, none may go."""
    assert {"community", "park", "enterprise", "union_org", "dispute", "target"} <= set(KINDS)
    assert {
        "coverage_rate", "coverage_rate_above_scale", "own_union_rate_25plus", "membership_rate_area",
        "membership_rate_unionised", "enterprises", "workers", "members", "unions_formed",
        "unions_formed_target_progress", "disputes_received", "disputes_per_1000_workers", "disputes_open",
        "disputes_mediated",
    } <= set(METRICS)  # fmt: skip


@pytest.mark.parametrize("name", METRICS)
def test_metric_says_what_it_is(name: str) -> None:
    """Title, meaning, reason, caveat, source and owner are Chinese sentences; its ledgers exist."""
    metric = METRICS[name]
    for text in (metric.title, metric.meaning, metric.why, metric.caveat, metric.source, metric.owner):
        assert _is_chinese(text), text
    assert metric.ledgers and set(metric.ledgers) <= set(KINDS)
    assert _is_chinese(metric.measure) or metric.is_percentage
    assert metric.unit != "dispute" or metric.better == "none", "disputes are never ranked"


@pytest.mark.parametrize("name", KINDS)
def test_ledger_says_what_it_is(name: str) -> None:
    """Titles are Chinese, no header spelling means two columns, named code lists exist."""
    kind = KINDS[name]
    assert _is_chinese(kind.title) and _is_chinese(kind.meaning)
    spellings = [text for column in kind.columns.values() for text in {column.title, *column.variants}]
    assert sorted({text for text in spellings if spellings.count(text) > 1}) == []
    for column in kind.columns.values():
        assert _is_chinese(column.title), column.id
        assert column.codes is not None or column.type != "code", column.id
        assert column.codes is None or column.type in {"code", "boolean"}, column.id
        assert column.codes is None or column.codes in CodeLists.load().lists, column.id


@pytest.mark.parametrize("name", sorted(path.stem for path in CODES.glob("*.csv")))
def test_code_list_is_used_and_clear(name: str) -> None:
    """Every list is named by a ledger column, has a title for each code and no title twice."""
    named = {column.codes for kind in KINDS.values() for column in kind.columns.values()}
    assert name in named | LISTS_WITHOUT_COLUMN
    titles = [title for _code, title in CodeLists.load().titles(name)]
    assert titles and all(titles) and len(set(titles)) == len(titles)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
def test_model_documents_exactly_its_columns(model: Model, sample_street: Path) -> None:
    """The header describes each column that the built table has, and no other."""
    query = "select column_name from information_schema.columns where table_schema || '.' || table_name = ?"
    built = [row[0] for row in open_current(sample_street).cursor().execute(query, [model.name]).fetchall()]
    assert list(model.columns) == built
    assert all(_is_chinese(text) or len(text) > 3 for text in model.columns.values())


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_check_says_what_it_asks(check: Check) -> None:
    """A check has a Chinese title and meaning and belongs to a ledger that exists."""
    assert _is_chinese(check.title) and _is_chinese(check.meaning)
    assert check.ledger in KINDS


def test_what_cannot_be_true_stands_first(sample_street: Path) -> None:
    """A contradiction is marked and listed before advice, however long the list of advice is."""
    found = checks_found(open_current(sample_street))
    hard = [check.is_hard for check in found if check.found]
    assert hard == sorted(hard, reverse=True) and {True, False} == set(hard)


def _is_script(path: Path) -> bool:
    """Return whether a file does something when it runs; one that only defines is no page."""
    body = ast.parse(path.read_text("utf-8")).body
    return any(isinstance(part, ast.Expr) and isinstance(part.value, ast.Call) for part in body)


def test_pages_are_reachable_and_described() -> None:
    """Every page file is in the menu once, has an address of its own and says in its docstring what it shows."""
    scripts = {path.relative_to(ROOT).as_posix() for path in (ROOT / "pages").glob("*.py") if _is_script(path)}
    assert {entry.file for entry in PAGES} == scripts
    assert len({entry.url_path for entry in PAGES}) == len({entry.title for entry in PAGES}) == len(PAGES)
    assert sum(entry.is_default for entry in PAGES) == 1
    for entry in PAGES:
        assert ast.get_docstring(ast.parse((ROOT / entry.file).read_text("utf-8"))), entry.file


def test_the_menu_is_short() -> None:
    """The menu is the user's questions: five, in the order of the work, none opening to more than seven pages."""
    groups = list(dict.fromkeys(entry.group for entry in PAGES))
    assert groups == [SEE, DISPUTE, ORGANISE, WRITE, MANAGE]
    for group in groups:
        in_sight = [entry for entry in PAGES if entry.group == group and not entry.is_hidden]
        assert 1 < len(in_sight) <= 7, group
    assert [entry.group for entry in PAGES] == sorted((entry.group for entry in PAGES), key=groups.index)


def test_readme_says_what_each_page_shows() -> None:
    """A page that is not in README's table is one that nobody looks for; the table is in the order of the menu."""
    table = re.findall(r"^\| (\S+) \| [^|]+ \| [^|]+ \|$", (ROOT / "README.md").read_text("utf-8"), re.M)
    titles = [entry.title for entry in PAGES]
    assert [title for title in table if title in titles] == titles


@pytest.mark.parametrize("name", KINDS)
def test_readme_names_each_ledger(name: str) -> None:
    """README's table says who owes a ledger, how often and whether a street may do without it."""
    kind, every = KINDS[name], {"month": "每月", "half_year": "半年", "year": "每年", "once": "一次"}
    owed = f"{'社区' if kind.due.unit == 'community' else '街道'}，{every[kind.due.every]}"
    owed += "，可不报" if kind.due.optional else ""
    said = re.findall(rf"\| {kind.title}(?:（[^|]*）)? \| ([^|]+) \|", (ROOT / "README.md").read_text("utf-8"))
    assert said == [owed]


@pytest.mark.parametrize("verb", cli.VERBS)
def test_verb_has_help_with_an_example(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`union-atlas VERB --help` exits 0, is Chinese and shows a command of that verb; README names the verb."""
    with pytest.raises(SystemExit) as stopped:
        cli.main([verb, "--help"])
    said = capsys.readouterr().out
    assert stopped.value.code == 0
    assert f"union-atlas {verb}" in said.split("例：")[1]
    assert f"union-atlas {verb}" in (ROOT / "README.md").read_text("utf-8")


def _links(document: Path) -> list[str]:
    targets = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", document.read_text("utf-8"))
    return [target for target in targets if not target.startswith("mailto:")]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_document_links_lead_somewhere(document: Path) -> None:
    """No document names a file or picture that is not there."""
    assert [target for target in _links(document) if not (document.parent / target).exists()] == []


def test_every_document_is_linked() -> None:
    """Whoever starts at README finds every document."""
    linked = {(document.parent / target).resolve() for document in DOCUMENTS for target in _links(document)}
    assert [d.name for d in DOCUMENTS if d.name != "README.md" and d.resolve() not in linked] == []
