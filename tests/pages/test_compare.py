"""社区对比 through app.py: official order, both sides in the open, nobody ranked by disputes."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from etl.notes import notes
from metrics.judging import compare_words as words
from metrics.judging import mix, mix_words
from metrics.judging.compare import compare
from metrics.question import Question
from metrics.scope import communities
from metrics.values import ask
from metrics.warehouse import Warehouse, open_current
from pages.parts.comparison import Headings, Line, Scale, comparison
from pages.parts.league import frame as frame_of
from tests.pages.opening import opened
from tests.pages_walk import elements

MONTH = date(2018, 12, 1)


@pytest.fixture
def warehouse(sample_street: Path, monkeypatch: pytest.MonkeyPatch) -> Warehouse:
    """Return the sample's warehouse, which the page will read."""
    monkeypatch.setenv("UNION_ATLAS_STREET", str(sample_street))
    return open_current(sample_street)


def pictures(app: AppTest) -> list[str]:
    """Return the markup of the page's pictures."""
    shown = [entry for entry in elements(app._tree) if getattr(entry, "type", "") == "bidi_component"]
    return [json.loads(entry.proto.json or entry.proto.mixed.json)["svg"] for entry in shown]


def table(**query: str) -> str:
    """Return the page's table as HTML."""
    return league(opened("compare", **query))


def league(app: AppTest) -> str:
    """Return the table of the communities."""
    [markup] = [text for text in pictures(app) if 'class="wide"' in text]
    return markup


def line_of(markup: str, name: str) -> str:
    """Return one community's row of the table."""
    return next(line for line in re.findall(r"<tr.*?</tr>", markup, re.S) if f">{name}<" in line)


def said(app: AppTest) -> str:
    """Return all that the page says outside its pictures."""
    return "\n".join(entry.value for entry in [*app.markdown, *app.caption])


def names(markup: str) -> list[str]:
    """Return the communities in the order of the table."""
    return re.findall(r'target="_self">([^<]+)</a>', markup)


def test_official_order_by_default(warehouse: Warehouse) -> None:
    """Communities stand in the official order until somebody clicks."""
    assert names(table()) == [entry.title for entry in communities(warehouse)]


def test_order_by_value(warehouse: Warehouse) -> None:
    """A click sorts by value, either way."""
    rows = ask(warehouse, Question("coverage_rate", ("community",), MONTH)).rows
    highest = [row.keys["community"] for row in sorted(rows, key=lambda row: -(row.value or 0))]
    assert names(table(order="high"))[0] == highest[0] == "南坑"
    assert names(table(order="low"))[0] == highest[-1] == "第五园"


def test_disputes_are_not_ranked(warehouse: Warehouse) -> None:
    """Honest reporting is not punished: the order stays official, and the page says why."""
    app = opened("compare", metric="disputes_received", order="high")
    markup = league(app)
    assert names(markup) == [entry.title for entry in communities(warehouse)]
    assert any("该指标受上报积极性影响，不作排名" in entry.value for entry in app.caption)
    assert any("未报送：第五园" in entry.value for entry in app.markdown)


def test_both_sides_parts_range_and_goal_are_shown(warehouse: Warehouse) -> None:
    """A row shows numerator and denominator, own and covered apart, the range; the head shows street and goal."""
    markup = table(own="南坑")
    row = line_of(markup, "南坑")
    for text in ("218/227", "42＋176", "96.0%", "参考范围92.6%—97.9%", "class=own"):
        assert text in row, text
    street = ask(warehouse, Question("coverage_rate", (), MONTH)).row.value
    assert f"全街道{street:.1%}" in markup and "目标90%" in markup
    assert markup.count("class=own") == 1
    assert "示例数据　非真实情况" in markup


def test_class_rank_and_tier_stand_in_the_row(warehouse: Warehouse) -> None:
    """A row says its class, its rank with the range, its tier; colour only where one stands out; what compare says."""
    app = opened("compare", own="南坑")
    found = compare(warehouse, Question("coverage_rate", month=MONTH))
    for row in found.rows:
        line = line_of(league(app), row.keys["community"] or "")
        for text in (words.class_text(row), words.rank_text(row), words.tier_text(row)):
            assert f">{text}<" in line or f"</i>{text}<" in line, text
        assert ('class="dot"' in line) == (row.funnel != "similar")
    assert words.reading(found) in said(app) and words.class_legend() in said(app)
    assert words.rank_legend() in league(app) and "本指标以高为好。" in said(app)


def test_disputes_bear_no_colour(warehouse: Warehouse) -> None:
    """A community with many disputes is named, never painted; and a month's few cases are not compared."""
    app = opened("compare", metric="disputes_per_1000_workers", period="ytd")
    assert "明显偏高：大发埔" in said(app) and 'class="dot"' not in league(app)
    assert "名次" not in league(app) and "档" not in league(app)
    assert "已报11/12个月" in line_of(league(app), "第五园"), "a year with a month missing says so"
    assert "数量过少，不作比较" in table(metric="disputes_per_1000_workers")


def test_count_is_not_judged(warehouse: Warehouse) -> None:
    """A count has no class, no picture of limits, no switch for them; it says why."""
    app = opened("compare", metric="members")
    assert "数量多少与社区大小有关" in said(app) and "偏低" not in league(app)
    assert not any("横线：" in text for text in pictures(app))


def test_goal_and_wider_limits(warehouse: Warehouse) -> None:
    """The switches change target and limits, on the page as in compare; the page names both."""
    app = opened("compare", target="goal", limits="wide")
    found = compare(warehouse, Question("coverage_rate", month=MONTH), is_adjusted=True, target="goal")
    assert words.reading(found) in said(app) and "与目标比" in league(app)
    assert words.spread_text(found) in said(app) and "已放宽" in words.spread_text(found)


def test_only_the_peers(warehouse: Warehouse, sample_street: Path) -> None:
    """可比社区 shows the own community and its peers; ranks stay those among all."""
    found = compare(warehouse, Question("coverage_rate", month=MONTH), sample_street)
    own = next(row for row in found.rows if row.keys["community"] == "第五园")
    markup = table(own="第五园", whom="peers")
    kept = {own.keys["community"], *(peer.community for peer in own.peers)}
    assert names(markup) == [row.keys["community"] for row in found.rows if row.keys["community"] in kept]
    assert "第12名" in line_of(markup, "第五园")


def test_one_giant_stands_beside_the_rate(warehouse: Warehouse) -> None:
    """岗头's largest enterprise has 48 % of its workers: the rate without it stands under the rate, in row and panel."""
    app = opened("compare", own="岗头", metric="membership_rate_area")
    [row] = [r for r in compare(warehouse, Question("membership_rate_area", month=MONTH)).rows if r.giant]
    assert row.giant is not None and row.giant.value is not None
    without = f"剔除最大企业后约{row.giant.value:.1%}"
    assert without in line_of(league(app), "岗头") and without in said(app)
    assert league(app).count("剔除最大企业后") == 1


def test_panel_says_where_the_distance_comes_from(warehouse: Warehouse) -> None:
    """The panel names the peers with reasons and splits the distance; its parts are those of mix."""
    app = opened("compare", own="第五园")
    text = said(app)
    assert "第五园社区建会率（含工联会覆盖）84.9%（186家中158家），与全街道相比偏低" in text
    assert "未确定：以下由程序" in text
    [peers] = [markup for markup in pictures(app) if "相近之处" in markup]
    assert "占比相近" in peers and "大发埔" in peers
    own = next(entry.id for entry in communities(warehouse) if entry.title == "第五园")
    gap = mix.gap(warehouse, Question("coverage_rate", month=MONTH), own)
    assert gap is not None and mix_words.gap_sentence(gap) in text


def test_setting_peers(street: Path) -> None:
    """确定 keeps the shown peers in the street's notes; the page then says when, and takes them back."""
    app = opened("compare", own="第五园")
    button = next(b for b in app.button if b.label == "确定为本街道可比社区")
    button.click().run()
    kept = notes(street, "peers")
    assert len(kept) == 4 and {note["community_id"] for note in kept} == {"440307013012"}
    assert "可比社区由街道总工会确定" in said(app)
    next(b for b in app.button if b.label == "撤销，改用程序建议").click().run()
    assert notes(street, "peers") == () and "未确定：以下由程序" in said(app)


def test_setting_all_peers(street: Path) -> None:
    """One button keeps the suggestion for every community that has none yet."""
    app = opened("compare")
    next(b for b in app.button if b.label == "全部确定为本街道可比社区").click().run()
    assert {note["community_id"] for note in notes(street, "peers")} == {
        c.id for c in communities(open_current(street))
    }
    assert not any(b.label == "全部确定为本街道可比社区" for b in app.button)
    assert any(markup.count("已确定") == 12 for markup in pictures(app))


def test_what_if_peers_stay_on_the_page(street: Path) -> None:
    """Trying other peers changes the panel only: not the address, the table, the notes or the file."""
    app = opened("compare", own="第五园", whom="peers")
    before, address = league(app), dict(app.query_params)
    [box] = [entry for entry in app.multiselect if entry.label == "可比社区"]
    box.set_value(["440307013020"]).run()
    assert "以下为试选的可比社区，尚未确定。" in said(app)
    [peers] = [markup for markup in pictures(app) if "相近之处" in markup]
    assert ">南坑<" in peers
    assert league(app) == before and dict(app.query_params) == address and notes(street, "peers") == ()


def test_file_holds_the_places_and_no_peers(warehouse: Warehouse, sample_street: Path) -> None:
    """The exported table has class, rank and tier in words, numbers as numbers; peers are not in it."""
    found = compare(warehouse, Question("coverage_rate", month=MONTH), sample_street)
    frame = frame_of(warehouse, found, found.rows)
    assert frame.columns == ["community", "numerator", "denominator", "value", "low", "high", "place", "rank", "tier", "giant"]  # fmt: skip
    row = frame.row(by_predicate=pl.col("community") == "第五园", named=True)
    assert (row["numerator"], row["denominator"], row["place"]) == (158.0, 186.0, "偏低")
    assert row["rank"].startswith("第12名（大致第") and row["tier"].startswith("第")
    counts = compare(warehouse, Question("members", month=MONTH))
    assert frame_of(warehouse, counts, counts.rows).columns == ["community", "numerator"]


def test_count_has_no_sides() -> None:
    """A count is drawn from zero without street, goal, range or difference; 未报 is hatched, 分母为0 is not."""
    lines = [
        Line("甲", "map", "", "", "3宗", "", "甲", 3.0, None, None, (1.0, None, 3.0)),
        Line("乙", "map", "", "", "未报", "", "乙", None, None, None, (1.0, 2.0, None), is_missing=True),
        Line("丙", "map", "", "", "无（分母为0）", "", "丙", None, None, None, ()),
    ]
    markup = comparison(
        lines, Scale(None, None), Headings("", "受理", "", "", 3, is_from_zero=True), alt="表", notes=()
    )
    assert markup.count("url(#hatch)") == 1 and "stroke-dasharray" not in markup
    assert markup.count("<circle") == 3, "one dot for the value, one at the end of each course"


def test_names_are_escaped() -> None:
    """A community's name is text, never markup."""
    evil = Line("<b>甲", "map?a=1&b=2", "", "", "1", "", '"', 1.0, None, None, ())
    markup = comparison([evil], Scale(None, None), Headings("", "数", "", "", 0), alt='"', notes=("<i>",))
    assert "<b>甲" not in markup and "<i>" not in markup and 'href="map?a=1&amp;b=2"' in markup


def test_older_month_says_of_which_month_its_peers_are_alike(warehouse: Warehouse) -> None:
    """The numbers beside a peer are the newest month's; of another month's page that is said, of its own not."""
    older, newest = opened("compare", own="第五园", month="2016-01"), opened("compare", own="第五园", month="2018-12")
    assert "相近之处按2018年12月末的企业计算" in said(older) and "相近之处按" not in said(newest)


def test_hollow_dots_and_too_few_to_tell_the_spread(warehouse: Warehouse) -> None:
    """One community that can be compared does not differ from itself; the others' dots are explained."""
    app = opened("compare", metric="disputes_per_1000_workers", month="2018-12")
    assert "空心点：数量过少，不作比较。" in said(app) and "可以比较的社区不足5个" in said(app)
    assert "离散系数" not in said(app) and "空心点" not in said(opened("compare", metric="coverage_rate"))


def test_words_of_the_goal_stand_beside_the_street_s_line() -> None:
    """目标90% stands left of a goal that is left of the street's line, right of one that is right of it."""
    line = Line("甲", "", "", "", "", "", "", 0.9, 0.7, 1.1, ())
    for goal, anchor in ((0.89, "end"), (0.91, "start")):
        markup = comparison(
            [line], Scale((0.90, "全街道"), (goal, "目标")), Headings("", "", "", "", 1), alt="", notes=[]
        )
        assert re.search(rf'text-anchor="{anchor}"[^>]*>目标<', markup)
