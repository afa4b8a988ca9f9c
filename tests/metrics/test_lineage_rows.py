"""A row of a ledger: what may be shown of it, what became of it, which figures it enters, and how an address names it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from urllib.parse import parse_qsl

import pytest

import cli
from etl.errors import QuestionError
from etl.ledger import ledger_kinds
from metrics import lineage
from metrics.lineage import Fate, Place, SourceRow
from metrics.lineage.places import addresses, place_of
from metrics.warehouse import Warehouse, open_current
from tests.workbooks import enterprise_row, register, write_book

HEADS = ("案件编号", "受理日期", "申请人", "联系电话", "主要诉求", "调解员", "涉及人数", "处理结果", "办结日期")
PERSONAL = ("示例张三丰", "199-0000-4711", "示例诉求文字", "示例调解员李四")


def _dispute(result: str = "", closed: str = "", workers: object = 3) -> tuple[object, ...]:
    name, phone, demand, mediator = PERSONAL
    return ("坂调〔2018〕001号", "2018-11-05", name, phone, demand, mediator, workers, result, closed)


def _load(street: Path, folder: Path) -> Warehouse:
    assert cli.main(["load", str(folder), "--street", str(street)]) == 0
    return open_current(street)


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    """Return a street whose register came twice, one of its cells corrected, and whose dispute was told of in two months."""
    base = tmp_path_factory.mktemp("lineage")
    first, second, street = base / "first", base / "second", base / "street"
    for folder in (first, second):
        folder.mkdir()
    title = "坂田街道南坑社区劳资纠纷台账（2018年{}月）　示例数据　非真实情况"
    mark = "　示例数据　非真实情况"
    register(first / "a.xlsx", [enterprise_row(1), enterprise_row(2, status="注销")], mark=mark)
    write_book(first / "b.xlsx", {"11月": (title.format(11), HEADS, [_dispute()])})
    register(second / "c.xlsx", [enterprise_row(1, workers=120), enterprise_row(3)], mark=mark)
    told = [_dispute("调解成功", "2018-12-20", "若干"), _dispute("撤回", "2018-12-21")]
    write_book(second / "d.xlsx", {"12月": (title.format(12), HEADS, told)})
    _load(street, first)
    heads = "ledger,key,column,was,now,reason,source,by,on"
    line = "enterprise,示例组织3有限公司,members,80,88,少报8人,社区来函,街道,2019-01-05"
    (street / "corrections.csv").write_text(f"{heads}\n{line}\n", "utf-8-sig")
    return _load(street, second)


def _row(warehouse: Warehouse, file: str, sheet: str, row: int) -> tuple[SourceRow, Fate, Place]:
    load = next(load for load, name, _sheet in addresses(warehouse) if name == file)
    place = Place(load, file, sheet, row)
    found = lineage.source_row(warehouse, *place)
    return found, lineage.fate_of(warehouse, found), place


def test_a_later_telling_of_the_same_case_stands_for_the_earlier(twice: Warehouse) -> None:
    """The November row is superseded and leads to December's; it enters no figure, December's enters both months."""
    old, fate, place = _row(twice, "b.xlsx", "11月", 3)
    assert old.is_stored and fate.state == "superseded" and fate.instead is not None
    assert (fate.instead.file, fate.instead.row) == ("d.xlsx", 3)
    assert lineage.figures_of(twice, place) == ()
    entering = lineage.figures_of(twice, fate.instead)
    counted = {(one.metric.id, one.first_month, one.side) for one in entering}
    assert ("disputes_received", date(2018, 11, 1), "numerator") in counted
    assert ("disputes_closed", date(2018, 12, 1), "numerator") in counted
    assert ("workers_involved", date(2018, 11, 1), "left_out") in counted  # 若干 is no number


def test_a_register_sent_again_replaces_the_whole(twice: Warehouse) -> None:
    """No row of the first register counts, and it says in which load the newer one came."""
    _old, fate, place = _row(twice, "a.xlsx", "企业", 3)
    assert fate.state == "superseded" and "000002" in fate.text
    assert lineage.figures_of(twice, place) == ()
    _new, fate, place = _row(twice, "c.xlsx", "企业", 3)
    workers = [one.value for one in lineage.figures_of(twice, place) if one.metric.id == "workers"]
    assert fate.state == "accepted" and workers == [120.0]


def test_a_corrected_cell_says_what_it_was(twice: Warehouse) -> None:
    """The cell shows what counts, beside it what the ledger had said, and the figures take the corrected number."""
    row, _fate, place = _row(twice, "c.xlsx", "企业", 4)
    assert [(cell.column, cell.text, cell.was) for cell in row.cells if cell.was] == [("members", "88人", "80")]
    members = [one.value for one in lineage.figures_of(twice, place) if one.metric.id == "members"]
    assert members == [88.0]


def test_a_refused_row_says_why_and_the_rest_of_a_sheet_what_it_is(twice: Warehouse) -> None:
    """A second row of the same number is refused with its reason; titles, headers and blank rows are no records."""
    refused, fate, place = _row(twice, "d.xlsx", "12月", 4)
    assert not refused.is_stored and fate.state == "rejected" and "编号" in fate.text
    assert lineage.figures_of(twice, place) == ()
    texts = {row: _row(twice, "d.xlsx", "12月", row)[1].text for row in (1, 2, 99)}
    assert "表头之上" in texts[1] and "是表头" in texts[2] and "没有作为记录入库" in texts[99]


def test_nothing_personal_is_in_a_row(twice: Warehouse) -> None:
    """No planted name, phone, demand or mediator is in anything that a row tells; their titles are named as not kept."""
    for file, sheet, row in (("b.xlsx", "11月", 3), ("d.xlsx", "12月", 3), ("d.xlsx", "12月", 4)):
        found, fate, place = _row(twice, file, sheet, row)
        told = repr((found, fate, lineage.figures_of(twice, place)))
        assert not [text for text in PERSONAL if text in told]
        assert {"申请人", "联系电话", "主要诉求", "调解员"} <= set(found.personal)


def test_an_unusable_cell_is_shown_with_its_text_and_reason(twice: Warehouse) -> None:
    """若干 as a number of people is unknown in the row, and the problem repeats it: the column is nobody's."""
    found, _fate, _place = _row(twice, "d.xlsx", "12月", 3)
    assert next(cell.text for cell in found.cells if cell.column == "workers_involved") == ""
    assert [problem.value for problem in found.problems if problem.header == "涉及人数"] == ["若干"]


def test_persons_of_a_roster_are_not_told_of(sample_street: Path) -> None:
    """A line of a roster shows the union, the employer and the community; its figures are the union's, without a share."""
    warehouse = open_current(sample_street)
    query = "select load_id, file, sheet, \"row\" from ledger.member where status = 'active' limit 1 offset 500"
    place = Place(*warehouse.cursor().execute(query).fetchall()[0])
    found = lineage.source_row(warehouse, *place)
    assert {cell.column for cell in found.cells} == {"union_name", "employer", "community"}
    entering = lineage.figures_of(warehouse, place)
    assert entering and {(one.side, one.value) for one in entering} == {("basis", None)}


def test_why_a_row_enters_nothing(sample_street: Path) -> None:
    """An enterprise that is closed says its status; a sound union's that it is on no list to act on."""
    warehouse = open_current(sample_street)
    for query, said in (
        (
            'select load_id, file, sheet, "row" from core.enterprise_month where not is_operating limit 1',
            "不计入辖区企业",
        ),
        ('select load_id, file, sheet, "row" from ledger.union_org limit 1', "没有列入工会体检清单"),
    ):
        place = Place(*warehouse.cursor().execute(query).fetchall()[0])
        row = lineage.source_row(warehouse, *place)
        assert lineage.figures_of(warehouse, place) == ()
        assert said in lineage.why_none(warehouse, row, lineage.fate_of(warehouse, row)).text


def test_every_ledger_hides_its_personal_columns() -> None:
    """Whatever a ledger's columns are called, none of class P2 or P3 is among those shown."""
    from metrics.lineage.rows import shown_columns

    for kind in ledger_kinds().values():
        assert not [column.id for column in shown_columns(kind) if column.is_personal], kind.id


def test_addresses_name_places_and_back(twice: Warehouse) -> None:
    """Every sheet's address leads back to it, by file number as by file name; what does not exist is a sentence."""
    for (load, file, sheet), text in addresses(twice).items():
        said = dict(parse_qsl(text))
        assert place_of(twice, said["load"], said["file"], said.get("sheet", ""), "7") == Place(load, file, sheet, 7)
        assert place_of(twice, load, file, sheet, "7") == Place(load, file, sheet, 7)
    for load, file, row in (
        ("000009-00000000", "1", "3"),
        ("", "", "3"),
        (said["load"], "1", "三"),
        (said["load"], "1", ""),
    ):
        with pytest.raises(QuestionError):
            place_of(twice, load, file, "", row)
    unknown = lineage.source_row(twice, "000009-00000000", "x", "y", 3)
    assert lineage.fate_of(twice, unknown).state == "unknown"
