"""The terminal's door: one verb per function.

Exit codes: 0 done, 1 stopped by --strict, 2 cannot. Under --json stdout holds exactly one JSON document.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from gettext import gettext as _
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from etl.arguments import Parser, add_check_arguments, add_ledger_arguments, instructions_of, month, scale
from etl.errors import AtlasError, QuestionError
from etl.jobs.progress import say, show_where_wanted

HERE = Path(__file__).resolve().parent
SAMPLE_STREET = HERE / "data" / "streets" / "sample"
SAMPLE_LEDGERS = HERE / "data" / "sample"
LOG = HERE / "data" / "streets" / "union-atlas.log"
Arguments = argparse.Namespace
BOUNDED = (["check"], ["load"], ["new-ledger"])  # what reads files of others does so in a child process
log = logging.getLogger(__name__)


def _print(answer: dict[str, Any], arguments: Arguments, text: Callable[[dict[str, Any]], str]) -> None:
    """Print the answer as one JSON document or as text for people."""
    if arguments.json:
        sys.stdout.write(json.dumps(answer, ensure_ascii=False, default=str) + "\n")
    else:
        sys.stdout.write(text(answer) + "\n")


def sample(arguments: Arguments) -> int:
    """Write the sample street's ledgers."""
    from etl.sample import write_sample

    if arguments.out.exists() and not arguments.out.is_dir():
        raise AtlasError(_("不是文件夹，不能写入示例台账"), file=arguments.out.name, remedy=_("请用 --out 指定文件夹"))
    out = write_sample(arguments.out, seed=arguments.seed, scale=arguments.scale)
    _print({"out": str(out)}, arguments, lambda a: _("示例台账已写入 {out}").format(**a))
    return 0


def check(arguments: Arguments) -> int:
    """Read and check ledgers without keeping anything."""
    from etl import intake, report
    from etl.mending import mend
    from etl.street import open_street

    street, said = open_street(arguments.street), instructions_of(arguments)
    with TemporaryDirectory(prefix="union-atlas-") as folder:
        if arguments.preview:
            found, draft = intake.preview(arguments.paths, street, said, Path(folder))
        else:
            found, draft = intake.check(arguments.paths, street, said, again=True), None
        answer = report.check_json(found)
        if arguments.preview:
            from metrics.publishing import publishing_json

            say(_("正在计算主要指标的变化"))
            answer |= publishing_json(street.path, draft.path if draft else None)
    if arguments.marked_up:
        answer |= mend.marked_up(found, arguments.paths, arguments.marked_up)
    if arguments.returns:
        answer |= mend.returns(found, street, arguments.returns, arguments.deadline)
    _print(answer, arguments, lambda a: "\n".join([report.check_text(a), *mend.mend_text(a)]))
    return 2 if any(file.error for file in found.files) else 0


def load(arguments: Arguments) -> int:
    """Bring ledgers in as one load and publish a new generation."""
    from etl import intake, report

    result = intake.load(arguments.paths, arguments.street, instructions_of(arguments), arguments.strict)
    _print(report.load_json(result), arguments, report.load_text)
    return 1 if result.stopped_by else 0


def status(arguments: Arguments) -> int:
    """Say what the street holds: loads, generation, open checks."""
    from etl import generations, report
    from etl.street import open_street

    _print(generations.status(open_street(arguments.street)), arguments, report.status_text)
    return 0


def undo(arguments: Arguments) -> int:
    """Publish the next generation without one load."""
    from etl import generations, report
    from etl.street import open_street

    generation = generations.undo(open_street(arguments.street), arguments.load)
    answer = {"load": arguments.load, "generation": generation.id, "generation_no": generation.number}
    _print(answer, arguments, report.undo_text)
    return 0


def metric(arguments: Arguments) -> int:
    """Answer a question about one metric, or list the metrics."""
    from metrics import terminal

    if arguments.list:
        _print(terminal.list_json(), arguments, terminal.list_text)
    elif not arguments.id:
        raise QuestionError(_("没有写明指标"), remedy=_("用 metric --list 查看全部指标"))
    elif arguments.rows:
        _print(terminal.rows_json(arguments.street, arguments), arguments, terminal.rows_text)
    else:
        _print(terminal.answer_json(arguments.street, arguments), arguments, terminal.answer_text)
    return 0


def new_ledger(arguments: Arguments) -> int:
    """Write a new kind of ledger from a sample workbook."""
    from etl.sheets.new_ledger import new_ledger_text, write_new_ledger

    answer = write_new_ledger(arguments.sample, arguments.id, arguments.title, arguments.out)
    _print(answer, arguments, new_ledger_text)
    return 0


def serve(arguments: Arguments) -> int:
    """Open the dashboard on this computer."""
    if arguments.address != "127.0.0.1":
        message = _("看板只能在本机打开（127.0.0.1）")
        raise AtlasError(message, code="address", remedy=_("登录功能完成之前不能向其他电脑开放"))
    command = [sys.executable, "-m", "streamlit", "run", str(HERE / "app.py"),
               "--server.port", str(arguments.port), "--server.headless", str(arguments.headless).lower()]  # fmt: skip
    environment = {**os.environ, "UNION_ATLAS_STREET": str(arguments.street.resolve())}
    server = subprocess.Popen(command, env=environment, cwd=HERE)
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(0))  # else the server would outlive us
    try:
        _rebuild_if_stale(arguments.street)  # beside the start: a page looks for a higher number at each rerun
        return server.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        server.terminate()


def _rebuild_if_stale(path: Path) -> None:
    """Build the warehouse anew where street.yml, the code lists or the program have changed since."""
    from etl import generations
    from etl.street import open_street

    if generation := generations.refresh(open_street(path)):
        message = _("设置、代码表或程序有更新，已重建为数据版本{number}").format(number=generation.number)
        sys.stderr.write(message + "\n")


def _verb(verbs: Any, name: str, run: Callable[[Arguments], int], example: str) -> argparse.ArgumentParser:
    help_text = VERBS[name]
    parser: argparse.ArgumentParser = verbs.add_parser(
        name, help=help_text, description=help_text, epilog=_("例：") + example
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help=_("输出一份 JSON"))
    parser.add_argument("--street", type=Path, default=SAMPLE_STREET, help=_("街道文件夹（默认示例街道）"))
    parser.set_defaults(run=run)
    return parser


VERBS = {
    "sample": "生成示例街道的台账",
    "check": "校验台账，不入库",
    "load": "导入台账并发布新的数据版本",
    "status": "查看导入批次、数据版本和待核对事项",
    "undo": "撤销一个导入批次",
    "metric": "查询指标",
    "new-ledger": "照一份样表写出新的台账种类",
    "serve": "打开看板（只在本机）",
}


def _metric_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", nargs="?", help=_("指标，如 coverage_rate"))
    parser.add_argument("--list", action="store_true", help=_("列出全部指标"))
    parser.add_argument("--rows", action="store_true", help=_("列出数字背后的行"))
    parser.add_argument("--by", nargs="+", action="extend", default=[], metavar="DIM", help=_("按维度分列，一或两个"))
    parser.add_argument("--month", type=month, help=_("月份，如 2018-12（默认最近报齐的月份）"))
    parser.add_argument("--from", type=month, dest="from_month", help=_("起始月份"))
    parser.add_argument("--to", type=month, dest="to_month", help=_("截止月份"))
    parser.add_argument("--where", action="append", default=[], metavar="DIM=VALUE", help=_("条件，如 community=南坑"))
    parser.add_argument("--period", choices=["month", "quarter", "ytd", "union-year"], help=_("期间"))


def parser() -> argparse.ArgumentParser:
    """Return the parser of all verbs."""
    top = Parser(prog="union-atlas", description=_("街道总工会治理分析看板"))
    verbs = top.add_subparsers(dest="verb", required=True, metavar="动作", parser_class=Parser)
    made = _verb(verbs, "sample", sample, "union-atlas sample --out data/sample --seed 7")
    made.add_argument("--out", type=Path, default=SAMPLE_LEDGERS, help=_("写到哪个文件夹"))
    made.add_argument("--seed", type=int, default=2018, help=_("随机种子，同一种子逐字节相同"))
    made.add_argument("--scale", type=scale, default=1, help=_("企业和纠纷放大多少倍"))
    checked = _verb(verbs, "check", check, "union-atlas check 南坑.xlsx")
    add_ledger_arguments(checked)
    add_check_arguments(checked)
    loaded = _verb(verbs, "load", load, "union-atlas load data/sample --street data/streets/sample")
    add_ledger_arguments(loaded)
    loaded.add_argument("--strict", action="store_true", help=_("有待核对事项就不发布"))
    _verb(verbs, "status", status, "union-atlas status --json")
    undone = _verb(verbs, "undo", undo, "union-atlas undo 000002-1a2b3c4d")
    undone.add_argument("load", help=_("导入批次，见 status"))
    _metric_arguments(_verb(verbs, "metric", metric, "union-atlas metric coverage_rate --by community --month 2018-12"))
    written = _verb(verbs, "new-ledger", new_ledger, "union-atlas new-ledger 培训.xlsx --id training")
    written.add_argument("sample", type=Path, metavar="SAMPLE", help=_("样表：有表头和几行数据的工作簿"))
    written.add_argument("--id", required=True, help=_("标识，小写英文，如 training"))
    written.add_argument("--title", help=_("台账名称，如 培训活动台账（默认取自标题）"))
    written.add_argument("--out", type=Path, metavar="FILE", help=_("写到哪个文件（默认 etl/ledgers 里）"))
    served = _verb(verbs, "serve", serve, "union-atlas serve --port 8501")
    served.add_argument("--port", type=int, default=8501, help=_("端口"))
    served.add_argument("--address", default="127.0.0.1", help=_("只能是 127.0.0.1"))
    served.add_argument("--headless", action="store_true", help=_("不自动打开浏览器"))
    return top


def _report(error: AtlasError, as_json: bool) -> None:
    """Say what went wrong: as JSON on stdout where asked for, else as one sentence on stderr."""
    if as_json:
        sys.stdout.write(json.dumps({"error": error.as_dict()}, ensure_ascii=False) + "\n")
    else:
        sys.stderr.write(error.sentence() + "\n")


def _unexpected(as_json: bool) -> int:
    """Say that the program is at fault; the log gets the places in the code, never a value from a ledger."""
    kind, _error, trace = sys.exc_info()
    places = "".join(traceback.format_tb(trace))
    with suppress(OSError):  # the program may lie where nobody may write
        LOG.parent.mkdir(exist_ok=True)
        with LOG.open("a", encoding="utf-8") as handle:
            handle.write(f"{datetime.now().isoformat(timespec='seconds')} {kind.__name__ if kind else ''}\n{places}\n")
    remedy = _("请把 {log} 交给维护人员").format(log=LOG.name)
    _report(AtlasError(_("程序出错，没有发布任何数据"), code="unexpected", remedy=remedy), as_json)
    return 2


def _is_bounded_worker() -> bool:
    """Return whether this process is the child that reads files; it then keeps its bounds."""
    from etl.jobs import supervise

    if not supervise.is_worker():
        return False
    from etl.jobs import worker

    worker.become_worker()
    return True


def _run_bounded(words: list[str]) -> int:
    """Run a verb in a child process: a parser that crashes or swells becomes one sentence."""
    from etl.jobs import supervise

    limits = supervise.Limits()
    outcome = supervise.verb(words, limits)
    if error := supervise.trouble(outcome, limits):
        raise error
    return outcome.code


def main(argv: list[str] | None = None) -> int:
    """Run one verb and return its exit code."""
    words = sys.argv[1:] if argv is None else argv
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(message)s")
    show_where_wanted()
    try:
        if argv is None and words[:1] in BOUNDED and not _is_bounded_worker():
            return _run_bounded(words)
        arguments = parser().parse_args(words)
        return int(arguments.run(arguments))
    except AtlasError as error:
        _report(error, "--json" in words)
        return 2
    except BrokenPipeError:
        return 2
    except KeyboardInterrupt:  # what was half done is swept up by the next load
        _report(AtlasError(_("已中断，没有发布任何数据"), code="interrupted"), "--json" in words)
        return 2
    except Exception:  # noqa: BLE001 - the door: whatever we did not foresee becomes a sentence, its place goes to the log
        return _unexpected("--json" in words)


if __name__ == "__main__":
    sys.exit(main())
