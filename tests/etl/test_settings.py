"""A street's settings: what it may set, and the folder that a first load makes around them."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl import generations, intake
from etl.errors import StreetError
from etl.street import open_street
from tests.workbooks import enterprise_row, register


def _street(folder: Path, text: str) -> Path:
    folder.mkdir()
    (folder / "street.yml").write_text(text, "utf-8")
    return folder


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("colour: red\nsize: 2\n", "不认识的项：colour、size"),
        ("settlement_counts: 1\n", "类型不对：settlement_counts"),
        ("decimals: true\n", "类型不对：decimals"),
        ("decimals: -3\n", "不可用：decimals"),
        ("default_month_share: 2\n", "不可用：default_month_share"),
        ("non_operating: [停业]\n", "不可用：non_operating"),
        ("goals: {coverage_rate: 九成}\n", "不可用：goals"),
        ('name: ""\n', "不可用：name"),
        ("pilots: {南坑: 2017-01}\n", "不可用：pilots"),
        ('pilots: {"440307013020": 2017年}\n', "不可用：pilots"),
        ("- 坂田\n", "由“名称: 值”组成"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(StreetError, match=said) as error:
        open_street(_street(tmp_path / "street", text))
    assert error.value.file == "street.yml" and error.value.remedy


@pytest.mark.parametrize(
    "text",
    [
        "default_month_share: 1\n",
        "goals: {}\n",
        "non_operating: []\n",
        "settlement_counts: false\n",
        'pilots: {"440307013020": 2017-01}\n',
    ],
)
def test_a_right_setting_is_taken(tmp_path: Path, text: str) -> None:
    assert not open_street(_street(tmp_path / "street", text)).exists


def test_settings_written_before_the_first_load_are_kept(tmp_path: Path) -> None:
    street = _street(tmp_path / "street", "settlement_counts: false")
    intake.load([register(tmp_path / "一.xlsx", [enterprise_row(1)], mark="　示例数据　非真实情况")], street)
    opened = open_street(street)
    assert opened.exists and opened.is_sample and opened.settings["settlement_counts"] is False
    assert (street / "secret.key").stat().st_mode & 0o777 == 0o600


def test_a_file_is_no_street(tmp_path: Path) -> None:
    (tmp_path / "street").write_text("")
    with pytest.raises(StreetError, match="文件夹"):
        open_street(tmp_path / "street")


def test_an_undo_does_not_make_a_street(tmp_path: Path) -> None:
    with pytest.raises(StreetError, match="没有这个有效批次"):
        generations.undo(open_street(tmp_path / "street"), "000001-00000000")
    assert not (tmp_path / "street").exists()
