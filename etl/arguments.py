"""The words of a command line: a parser that speaks Chinese, and what the verbs that take ledgers may be told."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from gettext import gettext as _
from pathlib import Path
from typing import Any, NoReturn

from etl.errors import AtlasError
from etl.instructions import CRS, QUESTIONS, UNSEEN, Instructions, parse_instructions, received

Arguments = argparse.Namespace

VERBS = {
    "sample": "生成示例街道的台账",
    "check": "校验台账，不入库",
    "load": "导入台账并发布新的数据版本",
    "status": "查看导入批次、数据版本和待核对事项",
    "undo": "撤销一个导入批次",
    "metric": "查询指标",
    "compare": "社区之间的公平比较",
    "trend": "查看走势和正常波动范围",
    "due": "查看到期和超期的办理事项",
    "targets": "年度任务：完成多少，年底预计如何",
    "brief": "编写简报、月报、专报等文件",
    "close": "月度定稿",
    "fill": "按模板填数：把指标填进一份 .xlsx",
    "new-ledger": "照一份样表写出新的台账种类",
    "serve": "打开看板（只在本机）",
}


class ChineseHelp(argparse.RawDescriptionHelpFormatter):
    """Help whose fixed words are Chinese."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        """Add the line of usage with our word for it."""
        super().add_usage(usage, actions, groups, _("用法：") if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """An argument parser whose help and errors are ours: Chinese, JSON where asked for."""

    def __init__(self, **settings: Any) -> None:
        # no abbreviations: an error must know whether --json was asked for
        super().__init__(**settings, formatter_class=ChineseHelp, add_help=False, allow_abbrev=False)
        self._positionals.title, self._optionals.title = _("参数"), _("选项")
        self.add_argument("-h", "--help", action="help", help=_("显示本说明"))

    def error(self, message: str) -> NoReturn:
        """Raise the usage error as one of ours."""
        said = message.partition(": ")[2]  # argparse speaks English, our own types speak Chinese
        words = said if said and not said.isascii() else " ".join(sys.argv[1:])
        raise AtlasError(_("命令写得不对：{words}").format(words=words), code="usage", remedy=_("用 --help 查看写法"))


def day(text: str) -> date:
    """Return a day written as 2018-12-31."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(_("日期应写成 2018-12-31 的样子：{text}").format(text=text)) from error


def month(text: str) -> date:
    """Return the first day of a month written as 2018-12."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError as error:
        raise argparse.ArgumentTypeError(_("月份应写成 2018-12 的样子：{text}").format(text=text)) from error


def question(text: str) -> str:
    """Return the id of a question, alone or with the one file that is meant (vanish:南坑.xlsx)."""
    if text.split(":")[0] not in QUESTIONS:
        raise argparse.ArgumentTypeError(_("没有“{text}”这个提问，可用 vanish、replace").format(text=text))
    return text


def scale(text: str) -> int:
    """Return a whole number from 1."""
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(_("倍数应是1、2、3这样的整数：{text}").format(text=text))
    return int(text)


def add_verb(
    verbs: Any, name: str, about: str, run: Callable[[Arguments], int], example: str, street: Path
) -> argparse.ArgumentParser:
    """Add one verb: what it does, what it runs, an example, the words that every verb knows."""
    parser: argparse.ArgumentParser = verbs.add_parser(
        name, help=about, description=about, epilog=_("例：") + example
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help=_("输出一份 JSON"))
    parser.add_argument("--street", type=Path, default=street, help=_("街道文件夹（默认示例街道）"))
    parser.set_defaults(run=run)
    return parser


def add_sample_arguments(parser: argparse.ArgumentParser, out: Path) -> None:
    """Add what `sample` may be told: where to write, which numbers to draw, how many."""
    parser.add_argument("--out", type=Path, default=out, help=_("写到哪个文件夹"))
    parser.add_argument("--seed", type=int, default=2018, help=_("随机种子，同一种子逐字节相同"))
    parser.add_argument("--scale", type=scale, default=1, help=_("企业和纠纷放大多少倍"))


def add_serve_arguments(parser: argparse.ArgumentParser) -> None:
    """Add where `serve` opens the dashboard."""
    parser.add_argument("--port", type=int, default=8501, help=_("端口"))
    parser.add_argument("--address", default="127.0.0.1", help=_("只能是 127.0.0.1"))
    parser.add_argument("--headless", action="store_true", help=_("不自动打开浏览器"))


def add_ledger_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `check` and `load` share: the files, and what the clerk says beside them."""
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help=_("文件或文件夹，可以有几个"))
    parser.add_argument("--as-of", type=day, dest="as_of", help=_("数据截至日，如 2018-12-31"))
    parser.add_argument("--mapping", type=Path, action="append", default=[], metavar="FILE",
                        help=_("表头对应方案，可以有几个"))  # fmt: skip
    parser.add_argument("--crs", choices=CRS, help=_("未写明坐标系的文件用哪个坐标系"))
    parser.add_argument("--confirm", action="append", default=[], type=question, metavar="ID",
                        help=_("对提问回答“是”，如 vanish、replace，或 vanish:南坑.xlsx"))  # fmt: skip
    parser.add_argument("--leave-out", action="append", default=[], choices=UNSEEN, dest="leave_out",
                        help=_("隐藏行（hidden）或划掉的行（struck）不计入"))  # fmt: skip
    parser.add_argument("--ask-password", action="store_true", dest="ask_password", help=_("询问文件的打开密码"))
    parser.add_argument("--instructions", metavar="FILE", help=_("以上各项写成的 JSON 文件，- 为标准输入"))


def add_check_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `check` can be asked for: the ledgers, the preview and the files for mending."""
    add_ledger_arguments(parser)
    parser.add_argument("--preview", action="store_true", help=_("入库前核对：主要指标将如何变化"))
    parser.add_argument("--marked-up", type=Path, dest="marked_up", metavar="DIR", help=_("批注件写到哪个文件夹"))
    parser.add_argument("--returns", type=Path, metavar="DIR", help=_("退回修改单写到哪个文件夹"))
    parser.add_argument("--deadline", type=day, help=_("退回修改单的报送期限，如 2019-01-10"))


def add_load_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `load` may be told: the ledgers, and whether checks stop it."""
    add_ledger_arguments(parser)
    parser.add_argument("--received-on", type=day, dest="received_on", help=_("收到日期，如 2019-01-05（默认今天）"))
    parser.add_argument("--strict", action="store_true", help=_("有待核对事项就不发布"))


def add_metric_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `metric` may be asked: the metric, its dimensions, months and conditions."""
    parser.add_argument("id", nargs="?", help=_("指标，如 coverage_rate"))
    parser.add_argument("--list", action="store_true", help=_("列出全部指标"))
    parser.add_argument("--rows", action="store_true", help=_("列出数字背后的行"))
    parser.add_argument("--by", nargs="+", action="extend", default=[], metavar="DIM", help=_("按维度分列，一或两个"))
    parser.add_argument("--month", type=month, help=_("月份，如 2018-12（默认最近报齐的月份）"))
    parser.add_argument("--from", type=month, dest="from_month", help=_("起始月份"))
    parser.add_argument("--to", type=month, dest="to_month", help=_("截止月份"))
    parser.add_argument("--where", action="append", default=[], metavar="DIM=VALUE", help=_("条件，如 community=南坑"))
    parser.add_argument("--period", choices=["month", "quarter", "ytd", "union-year"], help=_("期间"))
    parser.add_argument("--public", action="store_true", help=_("对外版：不足5的数不显示"))


def add_new_ledger_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `new-ledger` needs to know beside the sample workbook."""
    parser.add_argument("sample", type=Path, metavar="SAMPLE", help=_("样表：有表头和几行数据的工作簿"))
    parser.add_argument("--id", required=True, help=_("标识，小写英文，如 training"))
    parser.add_argument("--title", help=_("台账名称，如 培训活动台账（默认取自标题）"))
    parser.add_argument("--out", type=Path, metavar="FILE", help=_("写到哪个文件（默认 etl/ledgers 里）"))


def add_compare_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `compare` may be asked: one metric, its period and conditions, against the street or its goal."""
    parser.add_argument("id", help=_("指标，如 coverage_rate"))
    parser.add_argument("--month", type=month, help=_("月份，如 2018-12（默认最近报齐的月份）"))
    parser.add_argument("--from", type=month, dest="from_month", help=_("起始月份"))
    parser.add_argument("--to", type=month, dest="to_month", help=_("截止月份，同 --month"))
    parser.add_argument("--period", choices=["month", "quarter", "ytd", "union-year"], help=_("期间"))
    parser.add_argument("--where", action="append", default=[], metavar="DIM=VALUE", help=_("条件，如 industry=C"))
    parser.add_argument("--target", choices=["street", "goal"], default="street", help=_("与全街道比，还是与目标比"))
    parser.add_argument("--adjusted", action="store_true", help=_("按社区间实际差异放宽范围"))
    parser.add_argument("--public", action="store_true", help=_("对外版：不足5的数不显示，不列名次"))
    parser.set_defaults(by=[])


def add_trend_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `trend` may be asked: one metric, its months and conditions; each month is read alone."""
    parser.add_argument("id", help=_("指标，如 disputes_received"))
    parser.add_argument("--month", type=month, help=_("截止月份，如 2018-12（默认最近报齐的月份）"))
    parser.add_argument("--from", type=month, dest="from_month", help=_("起始月份（默认截止月份前的36个月）"))
    parser.add_argument("--to", type=month, dest="to_month", help=_("截止月份，同 --month"))
    parser.add_argument("--where", action="append", default=[], metavar="DIM=VALUE", help=_("条件，如 community=南坑"))
    parser.set_defaults(by=[], period=None, public=False)


def whole(text: str) -> int:
    """Return a number of days from 0."""
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(_("天数应是0、1、2这样的整数：{text}").format(text=text))
    return int(text)


def add_due_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `due` may be asked: the day, the conditions, how far ahead."""
    parser.add_argument("--as-of", type=day, dest="as_of", help=_("截至哪天，如 2018-12-31（默认台账最近的日期）"))
    parser.add_argument("--where", action="append", default=[], metavar="DIM=VALUE", help=_("条件，如 community=南坑"))
    parser.add_argument("--days", type=whole, help=_("只列多少天内到期的（超期的都列出）"))


def _document(place: str | None) -> dict[str, Any]:
    if place is None:
        return {}
    try:
        found = json.loads(sys.stdin.read() if place == "-" else Path(place).read_text("utf-8"))
    except (OSError, ValueError) as error:
        remedy = _("请检查文件是否存在、是否是 JSON")
        raise AtlasError(_("看不懂 --instructions 的内容"), file=place, code="usage", remedy=remedy) from error
    if not isinstance(found, dict):
        raise AtlasError(_("看不懂 --instructions 的内容"), file=place, code="usage", remedy=_("应是一个 JSON 对象"))
    return found


def _password() -> str:
    """Ask on a terminal, where nothing is shown while typing; else take one line of standard input."""
    return getpass.getpass(_("密码：")) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")


def instructions_of(arguments: Arguments) -> Instructions:
    """Return what the command line says about its files, on top of the document that it names."""
    try:
        base = parse_instructions(_document(arguments.instructions))
    except (ValueError, TypeError, AttributeError) as error:  # a date that is none, a text where a list belongs
        remedy = _("日期应写成 2018-12-31 的样子，多项应写成列表")
        raise AtlasError(_("看不懂 --instructions 的内容"), code="usage", remedy=remedy) from error
    if arguments.ask_password:
        base = replace(base, passwords={**base.passwords, "*": _password()})
    return replace(
        base,
        as_of=arguments.as_of or base.as_of,
        mappings=(*arguments.mapping, *base.mappings),
        crs=arguments.crs or base.crs,
        leave_out=base.leave_out | set(arguments.leave_out),
        agreed=base.agreed | set(arguments.confirm),
        received_on=received(getattr(arguments, "received_on", None)) or base.received_on,  # `check` is not told
    )
