"""Two versions compared: what is found is what was done to a copy of the sample's, and nothing else."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

import cli
from etl.errors import StreetError
from metrics.question import Question
from metrics.values import ask
from metrics.versions import VersionDiff, compare_versions, open_by_id, open_version, versions, words
from metrics.versions.cells import record_text
from metrics.versions.listed import spans_text
from metrics.warehouse import open_current
from tests.altered_versions import DONE, PLACE, altered, first_of

DECEMBER = date(2018, 12, 1)
ANOTHER_PROGRAM = (
    "drop table core.hazard",
    "drop table ledger.hazard",
    "drop table intake.held_note",
    "alter table ledger.enterprise drop column ownership",
    "update intake.generation set generation_no = 3, generation_id = 'third', program_version = '0.1.0+0'",
)


@pytest.fixture(scope="module", name="street")
def street_(sample_street: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a street of four versions: the sample's, an altered one, one of another program, and a damaged one."""
    street = first_of(sample_street, tmp_path_factory.mktemp("versions") / "street")
    altered(street, 2, *DONE)
    altered(street, 3, *DONE[:3], *ANOTHER_PROGRAM)
    (street / "generations" / "000000.duckdb").write_bytes(b"no warehouse")
    return street


@pytest.fixture(scope="module", name="found")
def found_(street: Path) -> VersionDiff:
    return compare_versions(street, 1, 2)


def test_all_versions_are_listed_the_damaged_one_too(street: Path) -> None:
    assert [(one.number, one.is_damaged) for one in versions(street)] == [(3, False), (2, False), (1, False), (0, True)]
    assert [len(one.loads) for one in versions(street)] == [1, 1, 1, 0]
    with pytest.raises(StreetError):
        open_version(street, 0)
    with pytest.raises(StreetError, match="没有数据版本9"):
        compare_versions(street, 9, 1)
    with pytest.raises(StreetError, match="“数据”还没有数据"):
        compare_versions(street.parent / "数据", 1, 2)
    assert spans_text((1, 2, 3, 5, 7, 8)) == "1至3、5、7至8" and spans_text((1, 3, 5, 7, 9, 11)) == "1、3、……、9、11"
    second = open_by_id(street, "second")
    assert second is not None and second.generation_no == 2 and open_by_id(street, "none") is None


def test_rows_are_told_apart_by_what_happened_to_them(found: VersionDiff) -> None:
    counts = {one.ledger: (one.added, one.gone, one.changed) for one in found.ledgers}
    assert counts == {"dispute": (0, 1, 0), "enterprise": (0, 0, 1), "member": (0, 1, 0)}
    dispute, enterprise, member = found.ledgers
    assert (dispute.rows[0].state, dispute.rows[0].community_id) == ("gone", PLACE)
    [cell] = enterprise.rows[0].cells
    assert (cell.title, int(cell.now) - int(cell.was)) == ("职工人数", 7)
    assert member.is_personal and member.rows == ()
    assert all(row.file and row.sheet and row.row for one in found.ledgers for row in one.rows)


def test_causes_are_what_was_said_and_set(found: VersionDiff, street: Path) -> None:
    assert found.causes.loads == () and not found.causes.is_other_program
    lines = words.cause_lines(found.causes, open_version(street, 2))
    assert lines == (
        "新增零报告　南坑社区　劳资纠纷台账　2018年11月（甲，2018-12-03）",
        "设置　不写百分比的基数：20→25",
    )


def test_a_correction_names_the_record_and_the_day_from_which_it_holds(street: Path) -> None:
    newest = open_version(street, 2)
    query = (
        "select row_key, name from ledger.enterprise where row_key like 'uscc:%' order by as_of desc, row_id limit 1"
    )
    [(key, name)] = newest.cursor().execute(query).fetchall()
    assert record_text(newest, "enterprise", f"{key}@2018-12-31") == f"{name}　自2018年12月31日起"
    assert record_text(newest, "enterprise", f"{key.removeprefix('uscc:')}@2018-12") == f"{name}　自2018年12月起"
    assert record_text(newest, "enterprise", "uscc:91440300000000000X") == "91440300000000000X"
    assert record_text(newest, "dispute", "case_no:坂调2017001号") == "坂调2017001号"


def test_figures_are_those_that_differ_and_no_others(found: VersionDiff, street: Path) -> None:
    assert found.month == DECEMBER
    told = {(f.metric.id, f.community_id, f.month) for f in found.figures}
    assert {("disputes_received", None, DECEMBER), ("disputes_received", PLACE, DECEMBER)} <= told
    assert not [one for one in told if one[0] in {"workers", "coverage_rate", "members"}]  # core was left as it is
    for figure in found.figures:
        sides = [ask(open_version(street, n), Question(figure.metric.id, ("community",) if figure.community_id else (), figure.month)) for n in (1, 2)]  # fmt: skip
        rows = [a.find(community_id=figure.community_id) if figure.community_id else a.row for a in sides]
        assert figure.was and figure.now and [figure.was.numerator, figure.now.numerator] == [r.numerator for r in rows if r]  # fmt: skip


def test_another_program_is_named_and_never_a_crash(street: Path) -> None:
    found = compare_versions(street, 3, 2)
    assert found.causes.is_other_program and "隐患线索台账" in found.lacking and "零报告" in found.lacking
    assert any("隐患" in title for title in found.lacking) and not any(f.metric.id == "hazards" for f in found.figures)
    enterprise = next(one for one in found.ledgers if one.ledger == "enterprise")
    assert enterprise.changed == 1 and enterprise.lacking == ("企业性质",)


def test_the_terminal_tells_the_same(street: Path, capsys: pytest.CaptureFixture[str], found: VersionDiff) -> None:
    words_ = ["status", "--changes", "1", "2", "--street", str(street)]
    assert cli.main([*words_, "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert len(said["figures"]) == len(found.figures) and said["new"]["id"] == "second" and said["month"] == "2018-12"
    assert cli.main(words_) == 0
    assert said["summary"] in capsys.readouterr().out
    asked = ["metric", "disputes_received", "--where", "community=南坑", "--month", "2018-12", "--street", str(street)]
    answers = []
    for number in ("1", "2"):
        assert cli.main([*asked, "--generation", number, "--json"]) == 0
        answers.append(json.loads(capsys.readouterr().out))
    assert [a["generation_no"] for a in answers] == [1, 2] and open_current(street).generation_no == 3
    assert answers[0]["rows"][0]["numerator"] - answers[1]["rows"][0]["numerator"] == 1
    assert cli.main(["metric", "enterprises", "--generation", "8", "--street", str(street)]) == 2
