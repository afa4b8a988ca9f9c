"""What the verbs `brief`, `close` and `fill` may be told."""

from __future__ import annotations

import argparse
from gettext import gettext as _
from pathlib import Path

from etl.arguments import month


def add_brief_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `brief` may be asked: one document, all communities', the monthly run, where a file's numbers come from."""
    add = parser.add_argument
    add("--list", action="store_true", help=_("列出能写的种类"))
    add("--kind", help=_("种类，如 简报、月报、季报、专报（见 --list）"))
    add("--month", type=month, help=_("截止月份，如 2018-12（默认最近报齐的月份）"))
    add("--community", default="", help=_("只写一个社区，如 南坑"))
    add("--topic", default="", metavar="METRIC", help=_("专报的专题，一个指标，如 coverage_rate"))
    add("--public", action="store_true", help=_("对外版：没有企业名称、名次和不足5的人数，地图为示意图"))
    add(
        "--map-approval",
        default="",
        dest="map_approval",
        metavar="TEXT",
        help=_("审图号，填写后对外版才用自己的边界图"),
    )
    add("--no-sources", action="store_true", dest="no_sources", help=_("不附数据来源"))
    add("--comments", action="store_true", help=_("Word 里每个数字加批注，说明它从哪里来"))
    add("--out", type=Path, metavar="FILE", help=_("写到哪个文件（.docx .pdf .pptx .xlsx），或哪个文件夹"))
    add("--formats", metavar="LIST", help=_("写到文件夹时要哪几种，如 docx,pdf"))
    add("--all-communities", action="store_true", dest="all_communities", help=_("每个社区一份，写到 --out 文件夹"))
    add("--overwrite", action="store_true", help=_("覆盖已有的同名文件"))
    add("--issue", action="store_true", help=_("签发：同时存入历史"))
    add("--explain", type=Path, metavar="FILE.docx", help=_("列出一份 Word 里每个数字的来源，以及现在是否还一样"))
    add("--scheduled", type=Path, metavar="DIR", help=_("每月自动编写：到期的各种都写到这个文件夹，不齐就不写"))
    add("--accept-missing", action="store_true", dest="accept_missing", help=_("自动编写时，不齐也写，列出缺什么"))


def add_close_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `close` needs to know: the month, and whether to open it again."""
    parser.add_argument("--month", type=month, required=True, help=_("要定稿的月份，如 2018-12"))
    parser.add_argument("--undo", action="store_true", help=_("取消定稿"))
    parser.add_argument("--revised", action="store_true", help=_("只列出定稿后更正：哪些数现在不同了，为什么"))


def add_fill_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `fill` needs to know: the template, and where the filled workbook goes."""
    parser.add_argument("template", type=Path, metavar="TEMPLATE.xlsx", help=_("模板，格里写着 {{指标|社区|月份}}"))
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help=_("填好的工作簿写到哪个文件"))
    parser.add_argument("--overwrite", action="store_true", help=_("覆盖已有的同名文件"))
