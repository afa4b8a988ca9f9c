"""本月零报告 as the clerk ticks it: known and 0 from the next generation on, and as never made once taken back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from etl import generations
from etl.errors import StreetError
from etl.instructions import Instructions
from etl.intake import load
from etl.nil_reports import tick, untick
from etl.street import open_street
from metrics.question import Question
from metrics.reports import report_states
from metrics.values import ask
from metrics.warehouse import open_current
from tests.etl.generation_content import content
from tests.workbooks import Rows, disputes, enterprise_row, register

NANKENG = "440307013020"
NOVEMBER, DECEMBER = date(2018, 11, 1), date(2018, 12, 1)
CASE: Rows = [("坂调1", "某厂", "2018-12-05", "", "拖欠工资", "来访", 1, "在办")]


@pytest.fixture(scope="module", name="files")
def files_(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write 五和's disputes of November and December, 南坑's of November alone."""
    folder = tmp_path_factory.mktemp("files")
    earlier: Rows = [("坂调9", "某厂", "2018-11-05", "", "拖欠工资", "来访", 1, "在办")]
    register(folder / "企业.xlsx", [enterprise_row(1)])
    disputes(folder / "五和.xlsx", {"11月": earlier, "12月": CASE}, community="五和")
    disputes(folder / "南坑十一月.xlsx", {"11月": earlier})
    return folder


@pytest.fixture(scope="module", name="street")
def street_(files: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    street = tmp_path_factory.mktemp("street")
    load([files / name for name in ("企业.xlsx", "五和.xlsx", "南坑十一月.xlsx")], street, Instructions())
    return street


def december(street: Path) -> tuple[str, float | None, int]:
    """Return 南坑's state for December, its count of disputes, and how many communities the street's count knows."""
    warehouse = open_current(street)
    states = {state.community_id: state.state for state in report_states(warehouse, DECEMBER, "dispute")}
    here = ask(warehouse, Question("disputes_received", (), DECEMBER, where=(("community", (NANKENG,)),)))
    return states[NANKENG], here.row.value, ask(warehouse, Question("disputes_received", (), DECEMBER)).row.known


def test_a_tick_makes_the_month_known_and_nought_and_is_taken_back_whole(street: Path) -> None:
    before, was = generations.current(open_street(street)), content(street)
    assert december(street) == ("missing", None, 1)  # nothing said is not nothing
    ticked = tick(street, "dispute", NANKENG, DECEMBER, "示例台账员")
    assert december(street) == ("nil", 0, 2)
    assert before is not None and ticked is not None and ticked.id != before.id
    assert tick(street, "dispute", NANKENG, DECEMBER) is None  # a second click, another window
    back = untick(street, "dispute", NANKENG, DECEMBER)
    assert back is not None and back.id == before.id and content(street) == was
    assert untick(street, "dispute", NANKENG, DECEMBER) is None
    assert tick_rows(street) == 2


@pytest.mark.parametrize(
    ("ledger", "community_id", "month", "said"),
    [
        ("enterprise", NANKENG, DECEMBER, "企业台账是名册，没有零报告"),
        ("nonsense", NANKENG, DECEMBER, "没有“nonsense”这种台账"),
        ("dispute", "", DECEMBER, "劳资纠纷台账由各社区报送"),
        ("case_step", NANKENG, DECEMBER, "纠纷办理流程台账由街道报送"),
        ("case_step", "", DECEMBER, "2018年12月没有应报的纠纷办理流程台账"),  # never sent, so never owed
        ("dispute", "440000000000", DECEMBER, "2018年12月没有应报的劳资纠纷台账"),
        ("dispute", NANKENG, date(2035, 1, 1), "2035年1月没有应报的劳资纠纷台账"),
        ("dispute", NANKENG, NOVEMBER, "2018年11月的劳资纠纷台账已经报送"),
    ],
)
def test_what_cannot_be_nil_is_said_in_one_sentence(
    street: Path, ledger: str, community_id: str, month: date, said: str
) -> None:
    with pytest.raises(StreetError) as error:
        tick(street, ledger, community_id, month)
    assert error.value.message == said
    assert tick_rows(street) in {0, 2}  # nothing was written


def tick_rows(street: Path) -> int:
    """Return how many ticks were ever written: one that was taken back is two rows."""
    file = street / "notes/nil_reports.csv"
    return len(file.read_text("utf-8-sig").splitlines()) - 1 if file.exists() else 0
