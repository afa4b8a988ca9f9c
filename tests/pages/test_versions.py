"""数据版本: the page of versions, and every page as of an earlier one: shown as such, kept in links, never written from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from metrics.versions import open_version
from pages.routes import layer
from tests.altered_versions import DONE, altered, first_of
from tests.pages.opening import opened

BANNER = "正在查看数据版本1（"


@pytest.fixture(scope="module", name="folder")
def folder_(sample_street: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a street of two versions, the second of which has one dispute less."""
    folder = first_of(sample_street, tmp_path_factory.mktemp("pages") / "street")
    altered(folder, 2, *DONE)
    return folder


@pytest.fixture(autouse=True)
def shown(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNION_ATLAS_STREET", str(folder))


def said(app: AppTest) -> str:
    return "\n".join(str(element.value) for element in (*app.markdown, *app.caption, *app.info))


def links(app: AppTest) -> list[str]:
    found: list[Any] = list(app.get("page_link"))
    return [link.proto.query_string for link in found]


def test_a_page_shows_the_version_of_its_address_and_hands_it_on() -> None:
    app = opened("briefing", version="1", month="2018-12")
    assert BANNER in said(app) and "数据版本1　" in said(app) and "数据版本2" not in said(app)
    assert links(app) and all("version=1" in query for query in links(app))
    app.button(key="shown_version.leave").click().run()
    assert not app.exception and BANNER not in said(app) and "数据版本2　" in said(app)
    assert not any("version=" in query for query in links(app))


@pytest.mark.parametrize("text", ["9", "-1"])
def test_an_unknown_version_is_named_and_the_newest_shown(text: str) -> None:
    app = opened("definitions", version=text)
    assert f"没有数据版本“{text[:20]}”，现按最新的数据版本2显示。" in [w.value for w in app.warning]
    assert "数据版本2" in said(app) and BANNER not in said(app)


def test_nothing_is_brought_in_or_taken_back_from_an_earlier_version() -> None:
    app = opened("ledgers", version="1")
    assert "只能看，不能改" in said(app)
    assert not [button.label for button in app.button if "撤销" in button.label]


def _keeping() -> None:
    import streamlit as st

    from pages.parts.issuing.notice import attempt, show_notice
    from pages.parts.street_notes import keep

    done = keep("step_changes", metric="workers", community_id="", month="2018-12", reason="试")
    st.caption(f"{done}, {attempt(lambda: 1 / 0, '')}")  # what would be done is not even tried
    show_notice()


def test_no_note_is_written_while_an_earlier_version_is_shown(folder: Path) -> None:
    app = AppTest.from_function(_keeping)
    app.query_params["version"] = "1"
    app.run()
    assert not app.exception and [c.value for c in app.caption] == ["False, False"]
    assert [e.value for e in app.error] == ["正在查看较早的数据版本，只能看，不能改。请先返回最新数据。"] * 2
    assert not (folder / "notes").exists()


def test_the_map_of_an_earlier_version_is_drawn(folder: Path) -> None:
    first = open_version(folder, 1).generation_id
    assert layer(folder, first, "communities", "") and layer(folder, "second", "communities", "")
    assert layer(folder, "elsewhere", "communities", "") is None


def test_the_page_lists_versions_and_compares_the_last_two() -> None:
    app = opened("versions")
    listed, figures, dispute, enterprise = (table.value for table in app.dataframe)
    assert list(listed["number"]) == [2, 1] and list(listed["built_at"])[0] == "2026-11-20 09:30"
    assert list(listed["reason"]) == ["新增零报告1条；设置有变：不写百分比的基数", "最早的一个版本"]
    text = said(app)
    assert "新增零报告　南坑社区　劳资纠纷台账　2018年11月（甲，2018-12-03）" in text and "20→25" in text
    received = figures[figures["title"] == "受理劳资纠纷"]
    assert {"坂田街道", "南坑"} <= set(received["place"])
    assert list(dispute["state"]) == ["消失"] and list(enterprise["state"]) == ["变动"]
    assert "职工人数" in enterprise["cells"][0] and "这份台账登记个人，只列行数。" in text
    assert any("version=1" in query for query in links(app))
    same = opened("versions", old="2", new="2")
    assert "两边选的是同一个数据版本" in said(same)
