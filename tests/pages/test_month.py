"""月度定稿 as a clerk uses it, and 工作简报 of a closed month."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from etl.instructions import Instructions
from etl.intake import load
from etl.nil_reports import untick
from etl.notes import notes
from metrics.catalogue import metric_of
from metrics.closed.closing import close, closing, reopen
from metrics.judging.calendar_returns import returns
from metrics.warehouse import open_current
from tests.pages.opening import opened
from tests.workbooks import Rows, disputes, enterprise_row, register

NANKENG, GANGTOU = "440307013020", "440307013002"
DECEMBER = date(2018, 12, 1)
DEC: Rows = [(f"坂调{n}", "某厂", "2018-12-05", "", "拖欠工资", "来访", 1, "在办") for n in (1, 2)]


@pytest.fixture(scope="module", autouse=True)
def _few_metrics() -> Iterator[None]:
    few = {name: metric_of(name) for name in ("disputes_received", "disputes_open", "enterprises", "coverage_rate")}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("metrics.closed.figures.catalogue", lambda: few)
        yield


@pytest.fixture(scope="module")
def street(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a street of which 南坑 has reported December, 岗头 owes its cases; the calendar begins in December."""
    folder, street = tmp_path_factory.mktemp("files"), tmp_path_factory.mktemp("street")
    (street / "street.yml").write_text('calendar_from: "2018-12"\n', "utf-8")
    register(folder / "企业.xlsx", [enterprise_row(1)])
    disputes(folder / "南坑.xlsx", {"12月": DEC[:1]})
    disputes(folder / "岗头.xlsx", {"11月": [("无",)]}, community="岗头")
    said = Instructions(received_on=date(2019, 1, 7))
    load([folder / "企业.xlsx", folder / "南坑.xlsx", folder / "岗头.xlsx"], street, said)
    return street


@pytest.fixture
def page(street: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("UNION_ATLAS_STREET", str(street))
    app = opened("month", month="2018-12")
    app.date_input(key="month.as_of").set_value(date(2019, 1, 10)).run()
    return app


def shown(app: AppTest) -> str:
    parts = (app.markdown, app.caption, app.code, app.success, app.error, app.warning, app.info)
    return "\n".join(str(element.value) for part in parts for element in part)


def panel(app: AppTest) -> dict[tuple[str, str], str]:
    frame = app.dataframe[0].value
    return {(row["unit"], name): row[name] for row in frame.to_dict("records") for name in frame.columns}


def test_who_owes_what_is_reminded_ticked_and_sent_back(page: AppTest, street: Path) -> None:
    """未报 has its stroke, the reminder names it until it is ticked; a report sent back is wanted again; both are taken back."""
    assert (panel(page)["岗头", "dispute"], panel(page)["南坑", "dispute"]) == ("／ 未报", "已报")
    assert "岗头社区：\n　劳资纠纷台账：报送期限1月7日，已超过3天" in shown(page)
    page.selectbox(key="month.nil.report").set_value(f"dispute.{GANGTOU}")
    next(button for button in page.button if button.label == "登记本月零报告").click().run()
    assert "已登记零报告：岗头　劳资纠纷台账。" in shown(page) and "岗头社区：\n　劳资纠纷台账" not in shown(page)
    assert panel(page)["岗头", "dispute"] != "／ 未报"
    page.selectbox(key="month.return.report").set_value(f"dispute.{NANKENG}")
    page.text_input(key="month.return.reason").set_value("漏填第2宗，电话13800138000")
    next(button for button in page.button if button.label == "退回").click().run()
    assert panel(page)["南坑", "dispute"] == "退回待改" and "13800138000" not in shown(page)
    assert [one.value for one in page.text_input if one.key == "month.return.reason"] == [""]
    [sent] = returns(street, DECEMBER).values()
    assert "漏填第2宗" in sent.reason and sent.deadline == date(2019, 1, 13)
    page.button(key=f"month.unreturn.dispute.{NANKENG}").click().run()
    page.button(key=f"month.untick.dispute.{GANGTOU}").click().run()
    assert (panel(page)["岗头", "dispute"], panel(page)["南坑", "dispute"]) == ("／ 未报", "已报")
    assert notes(street, "nil_reports") == notes(street, "returns") == ()
    assert untick(street, "dispute", GANGTOU, DECEMBER) is None


def test_a_month_is_closed_after_what_is_open_was_said_and_opened_again(page: AppTest, street: Path) -> None:
    """The confirmation names what is missing; a second window's click finds it closed."""
    said = shown(page)
    assert (
        f"将以数据版本{open_current(street).generation_no}为2018年12月定稿" in said
        and "未报" in said
        and "岗头" in said
    )
    second = opened("month", month="2018-12")
    page.button(key="month.close").click().run()
    assert closing(street, DECEMBER) is not None and "2018年12月已定稿" in shown(page)
    assert "定稿以后没有更正" in shown(page)
    second.button(key="month.close").click().run()
    assert "定稿，数据版本" in shown(second) and len(list((street / "closed" / "2018-12").iterdir())) == 1
    page.button(key="month.reopen").click().run()
    assert closing(street, DECEMBER) is None and "2018年12月已取消定稿" in shown(page)


@pytest.fixture
def corrected(street: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Close December, then let 南坑 report a second case."""
    monkeypatch.setenv("UNION_ATLAS_STREET", str(street))
    close(street, DECEMBER, "张三")
    disputes(tmp_path / "南坑更正.xlsx", {"12月": DEC})
    load([tmp_path / "南坑更正.xlsx"], street, Instructions())
    yield street
    reopen(street, DECEMBER)


def test_the_briefing_of_a_closed_month_shows_its_closed_figures(corrected: Path) -> None:
    """One case as closed, with the stamp and what was corrected; two by the newest data; either leads to the other."""
    newest = open_current(corrected).generation_no
    app = opened(month="2018-12")
    received = next(one for one in app.metric if one.label.startswith("本月受理"))
    assert received.value == "1宗" and f"数据版本{newest - 1}" in shown(app)
    assert "定稿后更正：全街道2018年12月" in shown(app) and "受理劳资纠纷定稿数1宗，现为2宗" in shown(app)
    app = opened(month="2018-12", version=str(newest))
    received = next(one for one in app.metric if one.label.startswith("本月受理"))
    assert received.value == "2宗" and f"现按数据版本{newest}显示，与定稿数可能不同" in shown(app)
    page = opened("month", month="2018-12")
    rows = next(frame.value for frame in page.dataframe if "was" in frame.value.columns).to_dict("records")
    assert {
        "title": "受理劳资纠纷",
        "place": "南坑社区",
        "when": "2018年12月",
        "was": "1宗",
        "now": "2宗",
    }.items() <= next(
        row
        for row in rows
        if row["place"] == "南坑社区" and row["title"] == "受理劳资纠纷" and row["when"] == "2018年12月"
    ).items()
    assert all("劳资纠纷台账" in row["why"] for row in rows)
    for number in range(1, newest):  # an older one of the same id would do as well
        (corrected / "generations" / f"{number:06d}.duckdb").unlink()
    app = opened(month="2018-12")
    assert "以下为最新数据" in app.warning[0].value and "定稿数1宗，现为2宗" in shown(app)
