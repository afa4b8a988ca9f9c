"""The terminal's door: one verb per function.

Exit codes: 0 done, 1 stopped by --strict, 2 cannot. Under --json stdout holds exactly one JSON document.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
from collections.abc import Callable
from gettext import gettext as _
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from briefing.arguments import add_brief_arguments, add_close_arguments, add_fill_arguments
from etl import arguments as told
from etl.arguments import VERBS, Parser, add_verb, instructions_of
from etl.errors import AtlasError, QuestionError
from etl.jobs.bounded import run_bounded
from etl.jobs.progress import say, show_where_wanted
from etl.jobs.saying_errors import tell, tell_unexpected
from metrics.arguments import add_status_arguments, add_targets_arguments, of_version

HERE = Path(__file__).resolve().parent
SAMPLE_STREET = HERE / "data" / "streets" / "sample"
SAMPLE_LEDGERS = HERE / "data" / "sample"
LOG = HERE / "data" / "streets" / "union-atlas.log"
Arguments = argparse.Namespace
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
    """Say what the street holds: loads, generation, open checks; or who owes which ledger."""
    from metrics import status_terminal

    if found := status_terminal.asked(arguments.street, arguments):
        _print(found[0], arguments, found[1])
        return 0
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


def compare(arguments: Arguments) -> int:
    """Hold the communities against the street: who is higher or lower than chance explains."""
    from metrics.judging import compare_terminal

    _print(compare_terminal.compare_json(arguments.street, arguments), arguments, compare_terminal.compare_text)
    return 0


def trend(arguments: Arguments) -> int:
    """Say which months of a metric are beyond normal variation."""
    from metrics.judging import trend_terminal

    _print(trend_terminal.trend_json(arguments.street, arguments), arguments, trend_terminal.trend_text)
    return 0


def due(arguments: Arguments) -> int:
    """List what the street owes its cases on a day, overdue first."""
    from metrics.judging import due_terminal

    found = due_terminal.find_due(arguments.street, arguments)
    _print(due_terminal.due_json(found), arguments, lambda _answer: due_terminal.due_text(found))
    return 0


def targets(arguments: Arguments) -> int:
    """Say how far the year's targets are, and where the year's end will find them."""
    from metrics.targets import terminal

    _print(terminal.targets_json(arguments.street, arguments), arguments, terminal.targets_text)
    return 0


def brief(arguments: Arguments) -> int:
    """Write briefings, or say where the numbers of one come from."""
    from briefing import terminal, terminal_words

    answer = terminal.brief_json(arguments.street, arguments)
    _print(answer, arguments, terminal_words.brief_text)
    return 1 if answer.get("is_stopped") else 0


def close(arguments: Arguments) -> int:
    """Close a month (月度定稿), or open it again."""
    from briefing import terminal, terminal_words

    _print(terminal.close_json(arguments.street, arguments), arguments, terminal_words.close_text)
    return 0


def fill(arguments: Arguments) -> int:
    """Fill a workbook's {{指标|社区|月份}} with numbers."""
    from briefing.filling import terminal

    _print(answer := terminal.fill_json(arguments.street, arguments), arguments, terminal.fill_text)
    return 2 if "error" in answer else 0


def new_ledger(arguments: Arguments) -> int:
    """Write a new kind of ledger from a sample workbook."""
    from etl.sheets.new_ledger import new_ledger_text, write_new_ledger

    answer = write_new_ledger(arguments.sample, arguments.id, arguments.title, arguments.out)
    _print(answer, arguments, new_ledger_text)
    return 0


def serve(arguments: Arguments) -> int:
    """Open the dashboard on this computer."""
    from etl.jobs import serving

    return serving.serve(arguments.street, arguments.address, arguments.port, arguments.headless)


def parser() -> argparse.ArgumentParser:
    """Return the parser of all verbs."""
    top = Parser(prog="union-atlas", description=_("街道总工会治理分析看板"))
    verbs = top.add_subparsers(dest="verb", required=True, metavar="动作", parser_class=Parser)

    def verb(name: str, run: Callable[[Arguments], int], example: str) -> argparse.ArgumentParser:
        return add_verb(verbs, name, VERBS[name], run, f"union-atlas {name} {example}", SAMPLE_STREET)

    told.add_sample_arguments(verb("sample", sample, "--out data/sample --seed 7"), SAMPLE_LEDGERS)
    told.add_check_arguments(verb("check", check, "南坑.xlsx"))
    told.add_load_arguments(verb("load", load, "data/sample --street data/streets/sample"))
    add_status_arguments(verb("status", status, "--owed --month 2018-12"))
    verb("undo", undo, "000002-1a2b3c4d").add_argument("load", help=_("导入批次，见 status"))
    told.add_metric_arguments(of_version(verb("metric", metric, "coverage_rate --by community --month 2018-12")))
    told.add_compare_arguments(of_version(verb("compare", compare, "coverage_rate --month 2018-12")))
    told.add_trend_arguments(of_version(verb("trend", trend, "disputes_received --where community=大发埔")))
    told.add_due_arguments(verb("due", due, "--as-of 2018-12-31 --days 7"))
    add_targets_arguments(of_version(verb("targets", targets, "--month 2018-12")))
    add_brief_arguments(verb("brief", brief, "--kind 简报 --month 2018-12 --out 简报.docx"))
    add_close_arguments(verb("close", close, "--month 2018-12"))
    add_fill_arguments(verb("fill", fill, "区报表.xlsx --out 填好.xlsx"))
    told.add_new_ledger_arguments(verb("new-ledger", new_ledger, "培训.xlsx --id training"))
    told.add_serve_arguments(verb("serve", serve, "--port 8501"))
    return top


def main(argv: list[str] | None = None) -> int:
    """Run one verb and return its exit code."""
    words = sys.argv[1:] if argv is None else argv
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(message)s")
    show_where_wanted()
    try:
        if argv is None and (code := run_bounded(words)) is not None:
            return code
        arguments = parser().parse_args(words)
        return int(arguments.run(arguments))
    except AtlasError as error:
        tell(error, "--json" in words)
        return 2
    except BrokenPipeError:
        return 2
    except KeyboardInterrupt:  # what was half done is swept up by the next load
        tell(AtlasError(_("已中断，没有发布任何数据"), code="interrupted"), "--json" in words)
        return 2
    except Exception:  # noqa: BLE001 - the door: whatever we did not foresee becomes a sentence, its place goes to the log
        tell_unexpected(LOG, "--json" in words)
        return 2


if __name__ == "__main__":
    sys.exit(main())
