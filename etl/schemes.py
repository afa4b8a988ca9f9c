"""Ways to grade enterprises' risk as data: one YAML file per scheme in `warning_schemes/`, a street's own in its `schemes/`.

A scheme adds up points (every rule has `points`, every level `at_least`) or takes the gravest fact (every rule names a
`level`). Rules of the same `item` (by default their indicator) count once, the highest of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path
from typing import Any

import yaml

from etl.codelist import CodeLists
from etl.errors import StreetError

FOLDER = Path(__file__).parent / "warning_schemes"
OWN = "schemes"
# libyaml's loader where it is built in: every build reads every scheme
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
SCHEME_KEYS = {"title", "meaning", "source", "mark", "levels", "rules"}
LEVEL_KEYS = {"code", "title", "at_least"}
RULE_KEYS = {"id", "title", "indicator", "at_least", "above", "points", "level", "window_days", "item", "only_with_others"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a scheme; `at_least` is the score from which it holds, None where rules name their level."""

    code: str
    title: str
    at_least: float | None


@dataclass(frozen=True, slots=True)
class Rule:
    """What a fact counts: one of `indicator` with a quantity of `at_least`, or of more than `above`.

    `window_days` is how long the fact counts (None: the setting level_days); `only_with_others` adds to other facts and
    is none by itself.
    """

    id: str
    title: str
    indicator: str
    item: str
    at_least: float | None
    above: float | None
    points: float | None
    level: str | None
    window_days: int | None
    only_with_others: bool


@dataclass(frozen=True, slots=True)
class Scheme:
    """A way to grade: its levels from the gravest down, and its rules."""

    id: str
    title: str
    meaning: str
    source: str
    mark: str
    levels: tuple[Level, ...]
    rules: tuple[Rule, ...]

    @property
    def is_scored(self) -> bool:
        """Return whether points are added up; else the gravest fact decides."""
        return self.levels[0].at_least is not None


def load_schemes(street: Path | None, codes: CodeLists) -> dict[str, Scheme]:
    """Return every scheme by id, a street's own over the program's; StreetError says what is wrong in which file."""
    files = {path.stem: path for path in sorted(FOLDER.glob("*.yml"))}
    files |= {path.stem: path for path in sorted((street / OWN).glob("*.yml"))} if street else {}
    return {name: _scheme(path, codes) for name, path in files.items()}


def check_effective(schemes: dict[str, Scheme], effective: dict[str, str]) -> None:
    """StreetError where the setting `warning_schemes` names a scheme that is not there."""
    if missing := sorted(set(effective.values()) - set(schemes)):
        message = _("没有这种评分办法：{names}").format(names="、".join(missing))
        remedy = _("warning_schemes 可用：{names}").format(names="、".join(schemes))
        raise StreetError(message, file="street.yml", remedy=remedy)


def _wrong(file: str, problem: str) -> StreetError:
    return StreetError(
        _("评分办法有误：{problem}").format(problem=problem),
        file=f"{OWN}/{file}",
        remedy=_("请对照程序自带的评分办法修改"),
        code="scheme",
    )


def _scheme(path: Path, codes: CodeLists) -> Scheme:
    try:
        facts = yaml.load(path.read_text("utf-8"), Loader=LOADER)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise _wrong(path.name, _("文件无法读取")) from error
    _keys(path.name, facts, SCHEME_KEYS, SCHEME_KEYS, _("评分办法"))
    if not all(isinstance(facts[name], list) and facts[name] for name in ("levels", "rules")):
        raise _wrong(path.name, _("levels 和 rules 应各有若干条"))
    levels = tuple(_level(path.name, each) for each in facts["levels"])
    rules = tuple(_rule(path.name, each) for each in facts["rules"])
    texts = {name: str(facts[name]) for name in ("title", "meaning", "source", "mark")}
    scheme = Scheme(id=path.stem, **texts, levels=levels, rules=rules)
    _check_levels(path.name, scheme, {code for code, _title in codes.titles("warning_level")})
    _check_rules(path.name, scheme, {code for code, _title in codes.titles("risk_indicator")})
    return scheme


def _keys(file: str, facts: Any, known: set[str], needed: set[str], what: str) -> None:
    if not isinstance(facts, dict):
        raise _wrong(file, _("{what}应由“名称: 值”组成").format(what=what))
    if unknown := sorted(str(key) for key in set(facts) - known):
        raise _wrong(file, _("{what}有不认识的项：{names}").format(what=what, names="、".join(unknown)))
    if missing := sorted(needed - set(facts)):
        raise _wrong(file, _("{what}缺少：{names}").format(what=what, names="、".join(missing)))


def _number(file: str, facts: dict[str, Any], name: str) -> float | None:
    value = facts.get(name)
    if value is not None and (isinstance(value, bool) or not isinstance(value, int | float) or value < 0):
        raise _wrong(file, _("{name} 应是数字：{value}").format(name=name, value=value))
    return None if value is None else float(value)


def _level(file: str, facts: Any) -> Level:
    _keys(file, facts, LEVEL_KEYS, {"code", "title"}, _("等级"))
    return Level(str(facts["code"]), str(facts["title"]), _number(file, facts, "at_least"))


def _rule(file: str, facts: Any) -> Rule:
    _keys(file, facts, RULE_KEYS, {"id", "title", "indicator"}, _("规则"))
    numbers = {name: _number(file, facts, name) for name in ("at_least", "above", "points")}
    days, only = _number(file, facts, "window_days"), facts.get("only_with_others", False)
    if not isinstance(only, bool) or (days is not None and (days != int(days) or days < 1)):
        raise _wrong(file, _("规则“{id}”的 window_days 或 only_with_others 不对").format(id=facts["id"]))
    return Rule(
        id=str(facts["id"]),
        title=str(facts["title"]),
        indicator=str(facts["indicator"]),
        item=str(facts.get("item", facts["indicator"])),
        **numbers,
        level=facts.get("level"),
        window_days=None if days is None else int(days),
        only_with_others=only,
    )


def _check_levels(file: str, scheme: Scheme, known: set[str]) -> None:
    codes, cuts = [level.code for level in scheme.levels], [level.at_least for level in scheme.levels]
    if unknown := sorted(set(codes) - known):
        raise _wrong(file, _("没有这种风险等级：{names}").format(names="、".join(unknown)))
    if len(set(codes)) < len(codes) or len(codes) < 2:
        raise _wrong(file, _("等级至少两级，且不能重复"))
    known_cuts = [cut for cut in cuts if cut is not None]
    is_descending = known_cuts == sorted(set(known_cuts), reverse=True) and known_cuts[-1:] == [0]
    if known_cuts and not (len(known_cuts) == len(cuts) and is_descending):
        raise _wrong(file, _("计分的办法，各级的 at_least 应由高到低，最低一级为0"))


def _check_rules(file: str, scheme: Scheme, indicators: set[str]) -> None:
    ids, levels = [rule.id for rule in scheme.rules], {level.code for level in scheme.levels}
    if len(set(ids)) < len(ids):
        raise _wrong(file, _("规则的 id 不能重复"))
    for rule in scheme.rules:
        if rule.indicator not in indicators:
            raise _wrong(file, _("规则“{id}”的评分项目不在代码表中：{name}").format(id=rule.id, name=rule.indicator))
        if (rule.at_least is None) == (rule.above is None):
            raise _wrong(file, _("规则“{id}”应写 at_least 或 above 之一").format(id=rule.id))
        is_scored = rule.points is not None and rule.level is None
        is_graded = rule.points is None and rule.level in levels
        if not (is_scored if scheme.is_scored else is_graded):
            raise _wrong(file, _("规则“{id}”应写 points（计分）或本办法的 level（定级）").format(id=rule.id))
