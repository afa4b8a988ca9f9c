"""评分办法 as files: the two that come with the program, a street's own, and every way to write one wrongly."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from etl.codelist import CodeLists
from etl.errors import StreetError
from etl.schemes import FOLDER, check_effective, load_schemes
from etl.street import open_street, street_files_hash

CODES = CodeLists.load()
# domain.md §2.5, the default sheet: indicator, from (or above), points
SHEET = [
    ("wage", 1, 8), ("wage", 2, 15), ("insurance", 2, 6), ("move", 1, 10), ("layoff", 20, 10), ("layoff_share", 10, 10),
    ("halt", 30, 6), ("rent", 2, 5), ("power_drop", 50, 4), ("demands", 3, 5), ("complaints", 3, 5), ("missing_boss", 1, 20),
    ("death", 1, 8), ("group", 1, 8), ("no_union", 1, 2),
]  # fmt: skip


def test_the_default_is_the_sheet_of_the_domain() -> None:
    scheme = load_schemes(None, CODES)["longgang_123"]
    bounds = [(r.indicator, r.above if r.at_least is None else r.at_least, r.points) for r in scheme.rules]
    assert bounds == SHEET
    assert [(level.code, level.at_least) for level in scheme.levels] == [("red", 20), ("yellow", 10), ("green", 0)]
    assert {r.id: r.window_days for r in scheme.rules if r.window_days} == {"group": 365}
    assert [r.id for r in scheme.rules if r.only_with_others] == ["no_union"]
    assert [r.id for r in scheme.rules if r.above is not None] == ["halt"], "more than a month"


def test_the_second_has_no_points() -> None:
    scheme = load_schemes(None, CODES)["baoan_2004"]
    assert not scheme.is_scored and all(rule.points is None for rule in scheme.rules)
    assert [level.code for level in scheme.levels] == ["red", "yellow", "blue", "green"]
    by_level = {rule.id: rule.level for rule in scheme.rules}
    assert (
        by_level["wage_2"] == by_level["overtime"] == "red" and by_level["wage_1"] == by_level["low_wage"] == "yellow"
    )
    assert next(rule for rule in scheme.rules if rule.id == "overtime").above == 3, "more than three hours, not three"


def own(folder: Path, name: str = "own", **changes: Any) -> Path:
    """Write a street's own scheme: the default with changes."""
    facts = yaml.safe_load((FOLDER / "longgang_123.yml").read_text("utf-8"))
    facts.update(changes)
    (folder / "schemes").mkdir(exist_ok=True)
    path = folder / "schemes" / f"{name}.yml"
    path.write_text(yaml.safe_dump({k: v for k, v in facts.items() if v is not None}, allow_unicode=True), "utf-8")
    return path


def test_a_streets_own_scheme_is_found_and_one_of_the_same_name_replaces(tmp_path: Path) -> None:
    before = street_files_hash(open_street(tmp_path))
    own(tmp_path, title="本街道办法")
    own(tmp_path, "baoan_2004", title="换了")
    found = load_schemes(tmp_path, CODES)
    assert (found["own"].title, found["baoan_2004"].title, len(found)) == ("本街道办法", "换了", 3)
    assert street_files_hash(open_street(tmp_path)) != before, "a scheme changes what is built"


def test_four_colours_are_one_more_cut(tmp_path: Path) -> None:
    cuts = {"red": 20, "orange": 15, "yellow": 10, "green": 0}
    own(tmp_path, levels=[{"code": code, "title": code, "at_least": cut} for code, cut in cuts.items()])
    assert [level.code for level in load_schemes(tmp_path, CODES)["own"].levels] == list(cuts)


RULE = {"id": "a", "title": "甲", "indicator": "wage", "at_least": 1, "points": 5}
LEVELS = [{"code": "red", "title": "红", "at_least": 20}, {"code": "green", "title": "绿", "at_least": 0}]
WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "unknown key": ({"colour": 1}, "评分办法有不认识的项：colour"),
    "missing key": ({"source": None}, "评分办法缺少：source"),
    "no rules": ({"rules": []}, "levels 和 rules 应各有若干条"),
    "unknown key of a rule": ({"rules": [RULE | {"weight": 2}]}, "规则有不认识的项：weight"),
    "missing key of a rule": ({"rules": [{"id": "a", "title": "甲"}]}, "规则缺少：indicator"),
    "unknown key of a level": ({"levels": [LEVELS[0] | {"colour": "红"}, LEVELS[1]]}, "等级有不认识的项：colour"),
    "no such indicator": ({"rules": [RULE | {"indicator": "rain"}]}, "评分项目不在代码表中：rain"),
    "no bound": ({"rules": [{k: v for k, v in RULE.items() if k != "at_least"}]}, "应写 at_least 或 above 之一"),
    "two bounds": ({"rules": [RULE | {"above": 3}]}, "应写 at_least 或 above 之一"),
    "a level among points": ({"rules": [RULE | {"level": "red"}]}, "应写 points（计分）或本办法的 level（定级）"),
    "text for a number": ({"rules": [RULE | {"points": "五"}]}, "points 应是数字：五"),
    "yes for a number": ({"rules": [RULE | {"points": True}]}, "points 应是数字：True"),
    "half a day": ({"rules": [RULE | {"window_days": 0.5}]}, "window_days 或 only_with_others 不对"),
    "the same rule twice": ({"rules": [RULE, RULE]}, "规则的 id 不能重复"),
    "no such level": ({"levels": [LEVELS[0] | {"code": "pink"}, LEVELS[1]]}, "没有这种风险等级：pink"),
    "levels upside down": ({"levels": LEVELS[::-1]}, "应由高到低，最低一级为0"),
    "no lowest level": ({"levels": [LEVELS[0], LEVELS[1] | {"at_least": 5}]}, "应由高到低，最低一级为0"),
    "one level without a bound": ({"levels": [LEVELS[0], {"code": "green", "title": "绿"}]}, "应由高到低，最低一级为0"),
    "one level": ({"levels": LEVELS[1:]}, "等级至少两级"),
    "points without bounds": ({"levels": [{"code": c, "title": c} for c in ("red", "green")]}, "应写 points（计分）或"),
}  # fmt: skip


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_scheme_is_named_with_its_file(tmp_path: Path, what: str) -> None:
    changes, said = WRONG[what]
    own(tmp_path, **changes)
    with pytest.raises(StreetError, match="评分办法有误") as raised:
        load_schemes(tmp_path, CODES)
    assert said in raised.value.message and raised.value.file == "schemes/own.yml" and raised.value.remedy


def test_a_file_that_is_no_yaml(tmp_path: Path) -> None:
    own(tmp_path).write_text("levels: [", "utf-8")
    with pytest.raises(StreetError, match="文件无法读取"):
        load_schemes(tmp_path, CODES)


def test_the_setting_names_a_scheme_that_is_there() -> None:
    with pytest.raises(StreetError, match="没有这种评分办法：nowhere") as raised:
        check_effective(load_schemes(None, CODES), {"2014-01": "nowhere"})
    assert "longgang_123" in (raised.value.remedy or "")
