"""What each section says and leaves out, on the sample street: December lacks one community's disputes."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from briefing import typed
from briefing.compose import compose, compose_from
from briefing.model import Document, Paragraph, Section, Table, plain
from briefing.request import Request
from briefing.source import Source
from metrics.closed import closing
from metrics.judging.compare import compare
from metrics.question import Audience, Question
from metrics.scope import communities
from metrics.values import ask
from metrics.warehouse import Warehouse, open_current

DECEMBER, JULY = date(2018, 12, 1), date(2018, 7, 1)
NANKENG = "440307013020"


@pytest.fixture(name="warehouse", scope="module")
def warehouse_(sample_street: Path) -> Warehouse:
    return open_current(sample_street)


def made(
    warehouse: Warehouse, kind: str, month: date = DECEMBER, audience: Audience = "internal", **more: str
) -> Document:
    return compose_from(Source(warehouse, None, audience), Request(kind, month, audience=audience, **more))  # type: ignore[arg-type]


def section(document: Document, id: str) -> Section:
    return next(one for one in document.sections if one.id == id)


def tables(found: Section) -> list[Table]:
    return [block for block in found.blocks if isinstance(block, Table)]


def lines(table: Table) -> dict[str, list[str]]:
    """Return a table's rows by their first cell."""
    return {plain(row[0]): [plain(cell) for cell in row[1:]] for row in table.rows}


def text(found: Section) -> str:
    return "".join(s.text for block in found.blocks if isinstance(block, Paragraph) for s in block.sentences)


def test_the_brief_has_one_table_with_the_year_so_far_the_goal_and_the_calendar(warehouse: Warehouse) -> None:
    (table,) = tables(section(made(warehouse, "brief"), "indicators"))
    heads = [column.title for column in table.columns]
    assert heads == ["指标", "12月（末）", "较上月", "较年初", "较上年同期", "1—12月累计", "目标", "时序进度"]
    found = lines(table)
    assert found["建会率"] == ["91.4%", "＋3.1", "＋3.1", "＋3.1", "—", "90%", "—"]
    assert found["受理纠纷"] == ["29宗", "－2宗", "—", "－15宗", "384宗", "—", "—"]
    assert found["发展会员任务"] == ["98.6%", "—", "—", "—", "4,930人", "5,000人", "100%"]
    assert table.notes == ("建会率、入会率的增减为百分点；建会率、入会率“较上月”为较2018年6月末。",)


def test_a_table_says_between_which_days_a_carried_register_changed(warehouse: Warehouse) -> None:
    """In July the registers are June's: 较上月 has nothing new, 较年初 runs from December to June."""
    stocks, *_others = tables(section(made(warehouse, "monthly", JULY), "indicators"))
    cells = lines(stocks)["入会率（辖区口径）"]
    assert cells[1] == "沿用2018年6月末数据，无新变化"
    assert cells[2].endswith("（2018年6月末较2017年12月末）")
    assert "企业台账沿用2018年6月末数据。" in stocks.notes
    (main,) = tables(section(made(warehouse, "brief", JULY), "indicators"))
    assert lines(main)["入会率"][1] == "无新数据"
    assert "入会率“较年初”为2018年6月末较2017年12月末" in main.notes[0]


def test_whoever_is_left_out_of_a_table_is_named_below_it(warehouse: Warehouse) -> None:
    note = "受理劳资纠纷、办结劳资纠纷、调解成功劳资纠纷不含第五园未报送的月份；比较时只计两期均已报送的社区。"
    flows = tables(section(made(warehouse, "monthly"), "indicators"))[1]
    assert flows.notes == (note,)
    (annex,) = tables(section(made(warehouse, "monthly"), "communities"))
    assert "受理劳资纠纷不含第五园未报送的月份。" in annex.notes
    assert tables(section(made(warehouse, "monthly", JULY), "indicators"))[1].notes == ()


def test_longer_periods_compare_with_the_year_before_alone(warehouse: Warehouse) -> None:
    stocks, flows, targets = tables(section(made(warehouse, "quarterly"), "indicators"))
    assert [c.title for c in stocks.columns] == ["指标", "12月末", "较年初", "较上年同期", "目标"]
    assert [c.title for c in flows.columns] == ["指标", "10—12月", "同比", "1—12月累计", "累计同比"]
    assert lines(targets)["年度任务完成率（新建会）"] == ["200家", "224家", "112.0%", "100%"]
    (work,) = [s for s in made(warehouse, "half_year", date(2018, 6, 1)).sections if s.id == "work"]
    assert [c.title for c in tables(work)[1].columns] == ["指标", "1—6月", "同比"]


def test_causes_count_each_case_once_and_add_up(warehouse: Warehouse) -> None:
    """A condition on a cause would find a case with two causes under both: 504 of 384."""
    (table,) = tables(section(made(warehouse, "monthly"), "causes"))
    found = {
        name: [int(cell.removesuffix("宗").replace(",", "")) for cell in cells[:2]]
        for name, cells in lines(table).items()
    }
    total = found.pop("合计")
    assert [sum(column) for column in zip(*found.values(), strict=True)] == total == [29, 384]
    counts = [cells[1] for cells in found.values()]
    assert counts == sorted(counts, reverse=True)
    assert "按主要案由分，一宗只计一次。" in table.notes
    # The one case of the year is 第五园's, which is not compared; the others had some the year before, and have none.
    before = Question("disputes_received", ("cause",), date(2017, 12, 1), None, "ytd", _others(warehouse, "第五园"))
    row = ask(warehouse, before).find(cause_id="12")
    assert row is not None and lines(table)["女职工权益"][2] == f"－{row.value:.0f}宗"


def _others(warehouse: Warehouse, title: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the condition that leaves a community out."""
    return (("community", tuple(one.id for one in communities(warehouse) if one.title != title)),)


def test_a_cause_new_this_year_grew_from_nothing(warehouse: Warehouse) -> None:
    """By community: what a year before had no such case is 0 then, not unknown."""
    (table,) = tables(section(made(warehouse, "special", community="南坑"), "causes"))
    assert lines(table)["其他"][1:] == ["1宗", "＋1宗（上年同期为0）"]


def test_the_communities_stand_in_official_order_without_ranks(warehouse: Warehouse) -> None:
    (table,) = tables(section(made(warehouse, "brief"), "communities"))
    found = lines(table)
    assert list(found) == [*(option.title for option in communities(warehouse)), "全街道"]
    assert table.total_rows == 1 and not any("名" in cell for cells in found.values() for cell in cells)
    assert found["第五园"][2] == "84.9%\u00a0偏低" and found["第五园"][4] == "未报"
    assert found["全街道"][4:6] == ["29", "384"]
    assert "不列名次" in table.notes[0] and "二十分之一" in table.notes[0]
    assert "岗头：最大企业占本社区职工的48%" in text(section(made(warehouse, "brief"), "communities"))


def test_the_public_version_marks_nobody_and_keeps_small_counts_back(warehouse: Warehouse) -> None:
    document = made(warehouse, "brief", audience="public")
    (table,) = tables(section(document, "communities"))
    assert not any("偏" in cell for cells in lines(table).values() for cell in cells)
    assert "12月受理纠纷（宗）" not in [column.title for column in table.columns]  # some are under 5
    assert not any(isinstance(block, Paragraph) for block in section(document, "communities").blocks)
    (main,) = tables(section(document, "indicators"))
    assert lines(main)["受理纠纷"][1] == "不显示" and main.notes[-1] == "不显示：为保护个人信息。"
    what = {missing.what: missing for missing in document.missing}
    assert what["需关注事项"].why == "对外版不列" and not what["需关注事项"].is_section
    shown = tables(section(made(warehouse, "special", audience="public", topic="disputes_received"), "causes"))[0]
    assert "不显示：为保护个人信息。" in shown.notes
    assert "累计同比" not in [column.title for column in shown.columns]  # a column that shows nothing is not printed


def test_causes_of_few_cases_are_not_named_to_the_public(warehouse: Warehouse) -> None:
    """A table of zeros with one 不显示, or of names alone, says which cause the few cases had."""
    for month, community in ((DECEMBER, "南坑"), (date(2018, 3, 1), "四季花城")):
        found = made(warehouse, "special", month, audience="public", community=community)
        assert "causes" not in {one.id for one in found.sections}
        assert {one.what: one.why for one in found.missing}["劳资纠纷案由"] == "为保护个人信息，不显示"
    (table,) = tables(section(made(warehouse, "special", community="南坑"), "causes"))
    assert [column.title for column in table.columns] == ["案由", "12月", "1—12月累计", "累计同比"]


def test_the_public_reads_no_day_of_a_ledger_of_which_it_sees_no_number(warehouse: Warehouse) -> None:
    public = made(warehouse, "special", date(2018, 2, 1), "public", community="岗头")
    assert text(section(public, "overview")).endswith("以上变化均属正常波动。")
    assert "纠纷台账更新至" in text(section(made(warehouse, "brief", audience="public"), "overview"))
    internal = made(warehouse, "special", date(2018, 2, 1), community="岗头")
    assert text(section(internal, "overview")).endswith("纠纷台账更新至12月31日。")


def test_a_circular_ranks_where_that_is_fair_and_says_why_not_elsewhere(warehouse: Warehouse) -> None:
    found = section(made(warehouse, "circular"), "ranking")
    by_id = {table.id: table for table in tables(found)}
    ranks = {
        row.keys["community"]: row.rank for row in compare(warehouse, Question("coverage_rate", month=DECEMBER)).rows
    }
    names = [plain(row[1]) for row in by_id["ranking:coverage_rate"].rows]
    assert names == sorted(names, key=lambda name: ranks[name] or 99)
    assert plain(by_id["ranking:coverage_rate"].rows[0][3]) == "第1名（大致第1—5名）"
    assert [plain(row[3]) for row in by_id["ranking:member_verified_rate"].rows[-2:]] == ["数量过少，不作比较"] * 2
    assert list(lines(by_id["by_community:disputes_received"])) == [
        *(option.title for option in communities(warehouse)),
        "全街道",
    ]
    assert "受理劳资纠纷：该指标受上报积极性影响，不作排名。" in text(found)
    assert not any("垫底" in note or "黑榜" in note for table in by_id.values() for note in table.notes)


def test_a_profile_holds_a_community_against_its_range_and_the_street(warehouse: Warehouse) -> None:
    document = made(warehouse, "special", community="南坑")
    profile = lines(tables(section(document, "profile"))[0])
    assert profile["建会率（含工联会覆盖）"] == ["96.0%", "92.6%—97.9%", "91.4%", "偏高", "90%", "＋1.0个百分点"]
    year = ask(
        warehouse, Question("disputes_per_1000_workers", (), DECEMBER, None, "ytd", (("community", (NANKENG,)),))
    )
    assert year.row.value is not None and profile["每千名职工纠纷数（年）"][0] == f"约{year.row.value:.2f}宗"
    peers = lines(tables(section(document, "peers"))[0])
    assert list(peers)[0] == "本社区" and len(peers) == 5
    assert {one.id for one in document.sections}.isdisjoint({"communities", "assigned", "proposals"})
    public = made(warehouse, "special", audience="public", community="南坑")
    assert "与全街道相比" not in [c.title for c in tables(section(public, "profile"))[0].columns]


def test_a_topic_is_told_alone(warehouse: Warehouse) -> None:
    document = made(warehouse, "special", topic="coverage_rate")
    assert {found.origin.metric for found in document.facts()} == {"coverage_rate"}
    assert document.topic == "建会率（含工联会覆盖）" and document.head.subtitle.startswith(
        "建会率（含工联会覆盖）　2018年"
    )
    assert "与全街道相比，第五园偏低。" in text(section(document, "topic"))
    (by_community,) = tables(section(document, "topic"))
    assert lines(by_community)["第五园"] == ["84.9%（186家中158家）", "79.1%—89.4%", "偏低", "＋4.5个百分点"]
    assert {missing.what for missing in document.missing if missing.is_section} == set()
    progress = tables(section(made(warehouse, "special", topic="unions_formed_target_progress"), "topic"))[0]
    assert lines(progress)["南坑"] == ["16家", "6家", "37.5%"]


def test_a_summary_has_the_four_parts_of_one(warehouse: Warehouse) -> None:
    document = made(warehouse, "annual")
    assert [one.title for one in document.sections if one.id in {"basics", "work", "attention"}] == [
        "基本情况",
        "主要工作",
        "存在问题",
    ]
    assert "职工约109,435人" in text(section(document, "basics"))
    assert "已建会企业2,922家，其中单独建会" in text(section(document, "basics"))
    public = made(warehouse, "annual", audience="public")
    assert "已建会企业2,922家。" in text(section(public, "basics"))  # of which kinds is told in the house alone
    assert "无" not in {missing.why for missing in public.missing}
    fields = [block.sentences[0].text[:8] for block in section(document, "work").blocks if isinstance(block, Paragraph)]
    assert fields == ["（一）组建建会。", "（二）会员发展。", "（三）劳动关系。"]
    assert {m.what: m.is_section for m in document.missing}["下一步工作"]  # nobody has typed it yet
    assert document.head.title == "坂田街道工会年度工作总结" and document.head.subtitle == "2018年"


def test_where_nothing_is_reported_every_section_is_a_hole(warehouse: Warehouse) -> None:
    document = made(warehouse, "brief", date(2019, 12, 1))
    assert document.sections == () and document.facts() is not None
    holes = {missing.what for missing in document.missing if missing.is_section}
    assert {"总体情况", "主要指标", "需关注事项", "附表　社区一览表"} <= holes


def test_every_metric_of_a_document_is_in_its_sources(warehouse: Warehouse) -> None:
    document = made(warehouse, "monthly")
    sources, meanings = tables(section(document, "sources"))
    titles = {ask(warehouse, found.origin.question).metric.title for found in document.facts()}
    assert {plain(row[0]) for row in sources.rows} == titles == {plain(row[0]) for row in meanings.rows}
    rows = {tuple(plain(cell) for cell in row[:3]): plain(row[4]) for row in sources.rows}
    assert len(rows) == len(sources.rows)  # one line for each metric, period and cut
    assert "社区一览表" in rows["受理劳资纠纷", "2018年1—12月", "各社区"]
    assert rows["受理劳资纠纷", "2018年1—12月", "全街道，按纠纷类型（案由）"] == "劳资纠纷案由"
    assert rows["受理劳资纠纷", "2017年1月—2018年12月各月", "全街道"] == "走势与分布"


def test_without_sources_the_annex_still_says_what_the_indicators_mean(warehouse: Warehouse) -> None:
    request = Request("brief", DECEMBER, has_sources=False)
    document = compose_from(Source(warehouse), request)
    assert "sources" not in {one.id for one in document.sections} and document.footnotes == ()
    notes = tables(section(document, "communities"))[0].notes
    assert any(note.startswith("建会率（含工联会覆盖）：（单独建会企业数") for note in notes)
    assert made(warehouse, "monthly").footnotes  # where there is room they stand at the foot of the page


@pytest.fixture(name="street")
def street_(sample_street: Path, tmp_path: Path) -> Path:
    """Return a street of its own that reads the sample's generations."""
    shutil.copy(sample_street / "street.yml", tmp_path)
    (tmp_path / "generations").symlink_to(sample_street / "generations")
    return tmp_path


def _typed(street: Path) -> None:
    typed.set_head(street, "brief", DECEMBER, issue_no="12", issued_on="2019-01-05", report_to="街道党工委")
    typed.add_rank(street, date(2018, 11, 1), "建会率", 4, 11)
    typed.add_rank(street, DECEMBER, "建会率", 3, 11, "区总工会通报", "2019-01-03")
    typed.add_assigned(street, DECEMBER, "推进天安云谷园区工联会换届", "岗头社区工联会", "2019-01-31", "已提交换届方案")
    typed.add_proposal(street, DECEMBER, "请研究第五园社区纠纷台账连续迟报的整改办法")


def test_what_the_office_typed_is_named_as_typed(street: Path) -> None:
    _typed(street)
    document = compose(street, Request("简报", DECEMBER))
    line = "区通报排名：建会率第3名（共11个，区总工会通报，2019年1月3日），上次第4名。"
    assert line in text(section(document, "overview"))
    sources = tables(section(document, "sources"))[0]
    (by_hand,) = [row for row in sources.rows if plain(row[0]) == "人工填写"]
    assert plain(by_hand[4]) == "总体情况、上期交办事项落实情况、提请研究事项"
    assert {m.what: m.why for m in document.missing}["拟稿、审核、签发"] == "未填写"
    own = compose(street, Request("简报", DECEMBER, "南坑"))
    assert own.head.issue_no == "" and "assigned" not in {one.id for one in own.sections}


def test_a_closed_month_says_so_and_prints_its_own_generation(street: Path) -> None:
    assert compose(street, Request("简报", DECEMBER)).head.data_line == "数据截至2018年12月31日　数据版本1"
    closed = closing.close(street, DECEMBER)
    document = compose(street, Request("简报", DECEMBER))
    on = closed.closed_on
    assert document.closed_on == on and document.generation_id == closed.generation_id
    assert document.head.data_line.endswith(f"　定稿于{on.year}年{on.month}月{on.day}日")


def test_a_typical_brief_fills_no_more_than_two_pages(street: Path) -> None:
    from briefing.writers.pdf import body_pages

    _typed(street)
    assert body_pages(compose(street, Request("简报", DECEMBER))) <= 2
    assert body_pages(compose(street, Request("简报", DECEMBER, audience="public"))) <= 2


def test_what_a_street_notes_of_its_data_stays_inside(warehouse: Warehouse) -> None:
    """A note may name an enterprise: in public only the sample's own is printed."""

    def is_told(of: Warehouse, audience: Audience) -> bool:
        found = tables(section(made(of, "brief", audience=audience), "communities"))
        return "公开报道" in "".join(note for table in found for note in table.notes)

    real = replace(warehouse, is_sample=False)
    assert is_told(warehouse, "internal") and is_told(warehouse, "public") and is_told(real, "internal")
    assert not is_told(real, "public")
