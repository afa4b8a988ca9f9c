"""Tables that come as a web page, as XML or as Parquet under whatever name."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from etl.errors import FileError
from etl.read import NumberText, SheetText, read_file

PAGE = """<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}"><title>x</title>
<style>td {{color: red}}</style></head><body><h3>坂田街道 企业台账（截至2018年12月31日）</h3>
<table border=1><tr><th rowspan=2>企业名称</th><th colspan="2">职工</th></tr><tr><th>人数</th><th>女</th></tr>
<tr style="display: none"><td>示例&nbsp;甲<br>二厂</td><td x:num="440301199001011234">4.40301E+17</td><td>2017.1</td></tr>
<tr><td><s>乙</s></td><td style="text-decoration:line-through">3</td><td></td></tr>
<tr><td><s>丙</s></td><td>4</td><td style="mso-number-format:'\\@'">2017.1</td></tr></table></body></html>"""

XML = """<?xml version="1.0"{encoding}?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Styles><Style ss:ID="s1"><Font ss:StrikeThrough="1"/></Style></Styles>
<Worksheet ss:Name="企业"><Table><Row><Cell ss:MergeAcross="1"><Data ss:Type="String">台账</Data></Cell>
<Cell><Data ss:Type="String">建会日期</Data></Cell></Row>
<Row ss:Index="4"><Cell><Data ss:Type="String">甲</Data></Cell><Cell ss:Index="3"><Data
 ss:Type="DateTime">2018-03-01T00:00:00.000</Data></Cell></Row>
<Row ss:Hidden="1"><Cell ss:StyleID="s1"><Data ss:Type="String">乙</Data></Cell>
<Cell ss:StyleID="s1"><Data ss:Type="Number">2017.1</Data></Cell><Cell ss:Formula="=1+1"/></Row></Table></Worksheet>
<Worksheet ss:Name="说明"><Table/></Worksheet></Workbook>"""


def _sheets(path: Path, content: bytes) -> list[SheetText]:
    path.write_bytes(content)
    return list(read_file(path))


@pytest.mark.parametrize(("charset", "codec"), [("gb2312", "gb18030"), ("utf-8", "utf-8"), ("utf-8", "gb18030"),
                                                ("utf-16", "utf-16"), ("x-unknown", "utf-8")])  # fmt: skip
def test_a_page_is_read_as_excel_shows_it(tmp_path: Path, charset: str, codec: str) -> None:
    (sheet,) = _sheets(tmp_path / "企业.xls", PAGE.format(charset=charset).encode(codec))
    assert sheet.rows == [
        ["坂田街道 企业台账（截至2018年12月31日）", "", ""],
        ["企业名称", "职工", ""],
        ["", "人数", "女"],
        ["示例 甲\n二厂", "440301199001011234", "2017.1"],
        ["乙", "3", ""],
        ["丙", "4", "2017.1"],
    ]
    assert sheet.merged == ((1, 0, 2, 0), (1, 1, 1, 2)) and sheet.sheet == "企业"
    assert (sheet.hidden, sheet.struck) == ((4,), (5,))
    assert [isinstance(sheet.rows[n][2], NumberText) for n in (3, 5)] == [True, False]


def test_each_table_without_tables_in_it_is_a_sheet(tmp_path: Path) -> None:
    page = "<table><tr><td>标题<table><tr><td>a</td></tr></table></td></tr></table>尾<table><tr><td>b</td></tr></table>"
    first, second = _sheets(tmp_path / "x.xls", page.encode())
    assert (first.rows, second.rows) == ([["标题"], ["a"]], [["尾"], ["b"]])
    assert first.sheet != second.sheet


def test_spans_without_end_are_cut_or_refused(tmp_path: Path) -> None:
    (sheet,) = _sheets(tmp_path / "x.xls", b"<table><tr><td rowspan=999999999>a</td><td>b</td></tr><tr><td>c</table>")
    assert sheet.rows == [["a", "b"], ["", "c"]]
    with pytest.raises(FileError) as caught:
        _sheets(tmp_path / "x.xls", b"<table><tr>" + b"<td colspan=1000>" * 13_000 + b"</tr></table>")
    assert caught.value.code == "too_much"


@pytest.mark.parametrize(("encoding", "codec"), [("", "utf-8"), (' encoding="GB2312"', "gb18030")])
def test_an_xml_spreadsheet_is_read(tmp_path: Path, encoding: str, codec: str) -> None:
    sheet, notes = _sheets(tmp_path / "a.xls", XML.format(encoding=encoding).encode(codec))
    assert sheet.rows == [
        ["台账", "", "建会日期"], ["", "", ""], ["", "", ""], ["甲", "", "2018-03-01"], ["乙", "2017.1", ""]]  # fmt: skip
    assert sheet.merged == ((0, 0, 0, 1),) and isinstance(sheet.rows[4][1], NumberText)
    assert (sheet.hidden, sheet.struck, sheet.formulas_without_value) == ((5,), (5,), ((5, 2),))
    assert (sheet.sheet, notes.sheet, notes.rows) == ("企业", "说明", [])


def test_entities_and_a_cell_far_away_are_refused(tmp_path: Path) -> None:
    lol = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    bomb = XML.format(encoding="").replace("<?mso", lol + "<?mso").replace("乙", "&b;")
    far = (
        XML.format(encoding="")
        .replace('ss:Index="4"', 'ss:Index="1048576"')
        .replace('ss:Index="3"', 'ss:Index="16384"')
    )
    codes = []
    for text in (bomb, far):
        with pytest.raises(FileError) as caught:
            _sheets(tmp_path / "a.xls", text.encode())
        codes.append(caught.value.code)
    assert codes == ["damaged", "too_much"]


def test_a_tabbed_text_under_a_workbook_s_name_is_a_table_and_a_notice_is_not(tmp_path: Path) -> None:
    text = "企业名称\t职工人数\t会员数\n甲\t1\t1\n"
    (sheet,) = _sheets(tmp_path / "导出.xls", text.encode("utf-16"))
    assert sheet.rows == [["企业名称", "职工人数", "会员数"], ["甲", "1", "1"]]
    with pytest.raises(FileError, match="不是Excel工作簿"):
        _sheets(tmp_path / "通知.xlsx", "会议通知\n请参加\n".encode())


def test_parquet_becomes_text_without_loss(tmp_path: Path) -> None:
    table = pa.table({
        "信用代码": pa.array([914403001234567890, None]),
        "人数": [12.0, 2017.1],
        "日期": [date(2018, 3, 1), None],
        "时间": pa.array([datetime(2018, 3, 1, 16, tzinfo=UTC), None], pa.timestamp("ns", "UTC")),
        "金额": [Decimal("1200.50"), Decimal("0")],
        "已建": [True, False],
        "名称": pa.array(["甲", "乙"]).dictionary_encode(),
    })  # fmt: skip
    pq.write_table(table, tmp_path / "x")
    (sheet,) = _sheets(tmp_path / "企业.parquet", (tmp_path / "x").read_bytes())
    assert sheet.rows == [
        ["信用代码", "人数", "日期", "时间", "金额", "已建", "名称"],
        ["914403001234567890", "12", "2018-03-01", "2018-03-02", "1200.5", "TRUE", "甲"],
        ["", "2017.1", "", "", "0", "FALSE", "乙"],
    ]
    assert isinstance(sheet.rows[2][1], NumberText) and list(sheet.row_numbers) == [1, 2, 3]


def test_a_nested_column_is_named(tmp_path: Path) -> None:
    pq.write_table(pa.table({"名称": ["甲"], "案件": [[1, 2]]}), tmp_path / "x.parquet")
    with pytest.raises(FileError, match="“案件”列的内容是嵌套的"):
        list(read_file(tmp_path / "x.parquet"))
