"""企业核对 through app.py: the sample's open pairs; on a small street one is decided, said again and taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from metrics.judging.identity import identity_pairs
from metrics.warehouse import open_current
from tests.etl.twins import write_street
from tests.pages.opening import opened
from tests.pages_walk import shown


def test_the_samples_pairs_are_listed_by_community(sample_street: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNION_ATLAS_STREET", str(sample_street))
    pairs = identity_pairs(open_current(sample_street))
    app = opened("identity")
    text = "\n".join(shown(app))
    assert f"待核对　{len(pairs)}对" in text and "统一代码里含原组织机构代码250个" in text
    assert all(pair.left.codes in text and pair.right.codes in text for pair in pairs)
    community = pairs[0].left
    app.query_params["community"] = str(community.community_id)
    app.run()
    here = [pair for pair in pairs if pair.left.community_id == community.community_id]
    assert 0 < len(here) < len(pairs) and f"待核对　{len(here)}对" in "\n".join(shown(app))


def test_a_pair_is_decided_and_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a reason nothing is kept; a second window that decides the same again changes nothing."""
    (tmp_path / "ledgers").mkdir()
    street = write_street(tmp_path / "ledgers", tmp_path / "street")
    monkeypatch.setenv("UNION_ATLAS_STREET", str(street))
    [pair] = identity_pairs(open_current(street))
    app, other = opened("identity"), opened("identity")
    number = open_current(street).generation_no
    key = f"identity.{pair.left.key}.{pair.right.key}"
    press(app, "是同一家")
    [box] = [box for box in app.expander if box.error]  # in the pair's own box, which stays open
    assert "须写明理由" in box.error[0].value and open_current(street).generation_no == number
    for window in (app, other):
        window.text_input(key=f"{key}.reason").set_value("营业执照换发")
        press(window, "是同一家")
        text = "\n".join(shown(window))
        assert "没有待核对的企业" in text and "理由：营业执照换发" in text
    assert "已保存：是同一家" in "\n".join(message.value for message in app.success)
    assert open_current(street).generation_no == number + 1
    app.button(key=f"identity.back.{pair.left.key}.{pair.right.key}").click().run()
    assert "如同没有核对过" in "\n".join(shown(app)) and identity_pairs(open_current(street)) == (pair,)


def press(app, title: str) -> None:  # type: ignore[no-untyped-def]
    """Press the button of a form by what stands on it."""
    next(button for button in app.button if button.label == title).click().run()
    assert not app.exception
