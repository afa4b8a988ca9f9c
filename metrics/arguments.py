"""What the verbs that read the street may be told."""

from __future__ import annotations

import argparse
from gettext import gettext as _

from etl.arguments import day, month


def version(text: str) -> int:
    """Return the running number of a version."""
    if not text.isascii() or not text.isdecimal():
        raise argparse.ArgumentTypeError(_("数据版本应是1、2、3这样的数：{text}").format(text=text))
    return int(text)


def add_status_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `status` may be asked for beside the street: who owes which ledger on a day."""
    parser.add_argument("--owed", action="store_true", help=_("列出谁还欠哪份台账，附催报文字"))
    parser.add_argument("--month", type=month, help=_("哪个月，如 2018-12（与 --owed 或 --changes 同用）"))
    parser.add_argument(
        "--as-of", type=day, dest="as_of", help=_("截至哪天，如 2019-01-08（默认今天，与 --owed 同用）")
    )
    parser.add_argument(
        "--changes",
        type=version,
        nargs="+",
        metavar=("OLD", "NEW"),
        help=_("比较两个数据版本：--changes 7 8（默认与最新的比）"),
    )


def of_version(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """Let a verb answer from an earlier version."""
    parser.add_argument("--generation", type=version, metavar="N", help=_("按哪个数据版本回答（默认最新）"))
    return parser


def year(text: str) -> int:
    """Return a year written as 2018."""
    if not text.isascii() or not text.isdecimal() or len(text) != 4:
        raise argparse.ArgumentTypeError(_("年度应写成 2018 的样子：{text}").format(text=text))
    return int(text)


def add_targets_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `targets` may be asked for: which year, at which month's end."""
    parser.add_argument("--year", type=year, help=_("年度，如 2018（默认最近报齐的月份所在的年度）"))
    parser.add_argument("--month", type=month, help=_("到哪个月末，如 2018-06"))
