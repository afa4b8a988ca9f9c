"""The whole ledgers that mutants are made of: every format that arrives, each with some forty rows."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import polars as pl

from tests import workbooks
from tests.etl import old_books
from tests.fuzz.mutations import steady

TITLE = "坂田街道南坑社区企业台账（截至2018年12月31日）"
DISPUTES = "坂田街道南坑社区劳资纠纷台账（2018年）"
HEADERS = workbooks.ENTERPRISE
UNIONS = ("单独建会", "工联会覆盖", "未建会", "")
CASE = ("坂调〔2018〕{n}号", "示例组织{n}有限公司", "2018-12-{d:02d}", "", "拖欠工资", "来访", "{p}", "调解成功")
PROCESS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "隐患": (("线索编号", "报告日期", "信息员编号", "信息员类别", "涉及企业", "表征指标", "涉及人数", "核实日期", "核实结果", "定级", "实发奖励（元）"),
           ("坂隐〔2018〕{n}号", "{day}", "示例信息员{n}", "网格员", "示例组织{n}有限公司", "欠薪、搬迁", "约{n}0人", "{day}", "属实", "黄", "500元/条")),
    "流程": (("案件编号", "办理环节", "环节日期", "延长至", "金额（元）"), ("坂调〔2018〕{n}号", "同意延期", "{day}", "2019-01-15", "{n}000")),
    "办件": (("办件编号", "申请时间", "事项类型", "办理状态", "办结时间", "承诺办结日", "满意度", "办理成果"),
           ("ZH{n}", "{day} 09:30", "个人入会", "已办结", "{day} 17:00", "2018-12-31", "满意", "发展会员")),
    "风险": (("企业名称", "评分项目", "发生日期", "程度", "评分", "信息来源"), ("示例组织{n}有限公司", "拖欠工资（月）", "{day}", "{n}", "15", "日常排查")),
}  # fmt: skip


def enterprise_rows(chance: random.Random) -> workbooks.Rows:
    """Return forty enterprises; some numbers are approximate, some dates only a month."""
    formed = ("2018.3", "2018-03-01", "2018年3月", "", 43160)
    return [
        workbooks.enterprise_row(
            n, chance.choice(UNIONS), chance.choice([30, "约200人", "1.2万", "", 150]), 20, formed=chance.choice(formed)
        )
        for n in range(1, 41)
    ]


def dispute_rows(chance: random.Random) -> workbooks.Rows:
    """Return a month of cases."""
    return [
        tuple(text.format(n=n, d=chance.randint(1, 28), p=chance.randint(1, 40)) for text in CASE) for n in range(1, 21)
    ]


def register_book(folder: Path, chance: random.Random) -> bytes:
    """Return a register as .xlsx."""
    return steady(workbooks.register(folder / "a.xlsx", enterprise_rows(chance)).read_bytes())


def dispute_book(folder: Path, chance: random.Random) -> bytes:
    """Return a dispute workbook of three months, the last one nil."""
    months = {"10月": dispute_rows(chance), "11月": [], "12月": [("无",)]}
    return steady(workbooks.disputes(folder / "b.xlsx", months).read_bytes())


def process_book(folder: Path, chance: random.Random) -> bytes:
    """Return the street's own ledgers in one workbook: reports, steps, requests and risk facts of a month."""
    day, sheets = f"2018-12-{chance.randint(1, 28):02d}", {}
    for name, (headers, row) in PROCESS.items():
        rows = [tuple(str(cell).format(n=n, day=day) for cell in row) for n in range(1, 13)]
        sheets[name] = (f"坂田街道{name}台账（全街道，2018年12月）", headers, rows)
    return steady(workbooks.write_book(folder / "p.xlsx", sheets).read_bytes())


def rich_book(folder: Path, chance: random.Random) -> bytes:
    """Return a register as a person makes it: merged title, hidden and struck rows, formulas, a totals row, a comment."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "南坑"
    sheet.append([TITLE])
    sheet.merge_cells("A1:H1")
    for row in (HEADERS, *enterprise_rows(chance)):
        sheet.append(row)
    sheet.append(["合计", None, None, "=SUM(D3:D42)"])
    sheet.row_dimensions[7].hidden = True
    for cell in sheet[9]:
        cell.font = openpyxl.styles.Font(strike=True)
    sheet["E5"].comment = openpyxl.comments.Comment("请核实", "社区")
    held = io.BytesIO()
    book.save(held)
    return steady(held.getvalue())


def _lines(separator: str, chance: random.Random) -> str:
    rows = [(TITLE,), HEADERS, *enterprise_rows(chance)]
    return "\r\n".join(separator.join(str(cell) for cell in row) for row in rows)


def old_book(folder: Path, chance: random.Random) -> bytes:
    """Return a register as the .xls of Excel 97, with a hidden and a struck row."""
    rows = [[TITLE], list(HEADERS), *map(list, enterprise_rows(chance))]
    return old_books.container(old_books.workbook(rows, hidden=(7,), struck=(9,)))


def csv_text(folder: Path, chance: random.Random) -> bytes:
    """Return a register as CSV, in GB18030 or UTF-8 with its mark."""
    return _lines(",", chance).encode(chance.choice(["gb18030", "utf-8-sig"]))


def tsv_text(folder: Path, chance: random.Random) -> bytes:
    """Return a register as text with tabs, in UTF-16 as Excel saves it."""
    return _lines("\t", chance).encode("utf-16")


def html_table(folder: Path, chance: random.Random) -> bytes:
    """Return a register as the web page that many systems call .xls."""
    rows = [(TITLE,), HEADERS, *enterprise_rows(chance)]
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f'<html><head><meta charset="gb2312"></head><body><table>{body}</table></body></html>'.encode("gb18030")


def xml_sheet(folder: Path, chance: random.Random) -> bytes:
    """Return a register as XML Spreadsheet 2003."""
    rows = [(TITLE,), HEADERS, *enterprise_rows(chance)]
    cell = '<Cell><Data ss:Type="String">{}</Data></Cell>'
    body = "".join("<Row>" + "".join(cell.format(text) for text in row) + "</Row>" for row in rows)
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    return (
        f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}">'
        f'<Worksheet ss:Name="企业"><Table>{body}</Table></Worksheet></Workbook>'
    ).encode()


def parquet_table(folder: Path, chance: random.Random) -> bytes:
    """Return a register as Parquet (its date stands in the file's name)."""
    rows = [[str(cell) for cell in row] for row in enterprise_rows(chance)]
    held = io.BytesIO()
    pl.DataFrame(rows, schema=list(HEADERS), orient="row").write_parquet(held)
    return held.getvalue()


def archive(folder: Path, chance: random.Random) -> bytes:
    """Return a zip with two ledgers in it."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("南坑/企业台账.xlsx", register_book(folder, chance))
        packed.writestr("南坑/纠纷台账.xlsx", dispute_book(folder, chance))
    return steady(held.getvalue())


ORIGINALS: dict[str, tuple[str, Callable[[Path, random.Random], bytes]]] = {
    "register": (".xlsx", register_book),
    "disputes": (".xlsx", dispute_book),
    "process": (".xlsx", process_book),
    "rich": (".xlsx", rich_book),
    "old": (".xls", old_book),
    "csv": (".csv", csv_text),
    "tsv": (".tsv", tsv_text),
    "html": (".xls", html_table),
    "xml": (".xls", xml_sheet),
    "parquet": (".parquet", parquet_table),
    "zip": (".zip", archive),
}
WORKBOOKS = ("register", "disputes", "process", "rich")
TEXTS = ("csv", "tsv", "html", "xml")
