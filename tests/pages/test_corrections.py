"""更正记录 through app.py: a cell corrected from its row and taken back; an older data version is only looked at."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from etl.corrections import corrections
from etl.generations import current
from etl.street import open_street
from tests.etl.corrected_street import asked, found
from tests.pages_walk import shown
from tests.source import ROOT

WORKERS = "select workers from core.enterprise_month where enterprise like '%甲%' and month = date '2018-12-01'"


@pytest.fixture(scope="module", name="folder")
def folder_(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return found(tmp_path_factory.mktemp("street"), tmp_path_factory.mktemp("files"))


def opened(**query: str) -> AppTest:
    """Return the page alone, without the landing page before it."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.switch_page(str(ROOT / "pages" / "corrections.py"))
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception, [error.value for error in app.exception]
    return app


def press(app: AppTest, label: str) -> str:
    next(button for button in app.button if button.label == label).click()
    app.run()
    assert not app.exception, [error.value for error in app.exception]
    return "".join([*(said.value for said in app.error), *(said.value for said in app.success)])


def test_a_cell_is_corrected_and_taken_back(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNION_ATLAS_STREET", str(folder))
    before = current(open_street(folder))
    app = opened(ledger="enterprise", find="示例甲")
    texts = "".join(shown(app))
    assert "还没有更正记录" in texts and "示例联系人" not in texts and "联系人" not in str(app.selectbox)
    app.selectbox(key="corrections.column.enterprise").select("workers").run()
    assert "更正须写明理由" in press_saved(app, "120", "")
    assert "没有写更正后" in press_saved(app, "", "录错")
    fill(app, "120", "")
    assert press(app, "先看影响") == "" and "将更正1行" in "".join(shown(app))
    cells = {str(cell) for frame in app.dataframe for cell in frame.value.to_numpy().ravel()}
    assert {"140人", "160人"} <= cells
    heads = [list(frame.value.columns) for frame in app.dataframe if "before" in frame.value.columns]
    assert len(heads) == 1, "the street and its communities stand in one table"
    assert current(open_street(folder)) == before and not (folder / "corrections.csv").exists()
    assert "更正已保存" in press_saved(app, "120", "录错，见13812345678")
    assert asked(folder, WORKERS) == [(120,)]
    assert not any(field.value for field in app.text_input if field.key and ".workers." in field.key), "an empty form"
    assert "甲" in app.dataframe[0].value["name"][0]
    one = corrections(folder)[0]
    assert (one.was, one.now, one.state, one.reason) == ("100", "120", "applied", "录错，见***")
    assert "已撤回" in press(app, "确认撤回")
    assert asked(folder, WORKERS) == [(100,)] and before and current(open_street(folder)).id == before.id  # type: ignore[union-attr]
    old = opened(ledger="enterprise", find="示例甲", version="2")
    assert not any(button.label in ("保存更正", "确认撤回") for button in old.button)
    assert "不是最新" in "".join(shown(old)) and "1条" in "".join(shown(old))


def fill(app: AppTest, now: str, reason: str) -> None:
    place = next(field.key for field in app.text_input if field.key and field.key.endswith("workers.now"))
    app.text_input(key=place).input(now)
    app.text_input(key=place.replace(".now", ".reason")).input(reason)


def press_saved(app: AppTest, now: str, reason: str) -> str:
    fill(app, now, reason)
    return press(app, "保存更正")
