"""A comparison as the terminal gives it: JSON for programs, a table for people."""

from __future__ import annotations

import argparse
from gettext import gettext as _
from pathlib import Path
from typing import Any

from metrics.catalogue import Metric, catalogue
from metrics.judging import compare_words as words
from metrics.judging.community_notes import CommunityNote, community_notes
from metrics.judging.compare import Compared, Comparison, compare, is_judged, is_ranked
from metrics.judging.giants import Giant
from metrics.phrases import number_text, side_text, suppressed_text
from metrics.terminal import asked_version, question_of

SIDES = ("numerator", "denominator", "value", "low", "high")
PLACE = ("funnel", "too_few", "rank", "rank_low", "rank_high", "tier")


def compare_json(street: Path, arguments: argparse.Namespace) -> dict[str, Any]:
    """Return every community with its class, rank range and peers, and what they are held against."""
    warehouse = asked_version(street, arguments)
    found = compare(warehouse, question_of(arguments), street, arguments.adjusted, arguments.target)
    is_public = found.answer.question.audience == "public"
    notes = {} if is_public else community_notes(street, found.answer.metric.id, found.answer.month)
    return {
        **{name: value for name, value in found.answer.as_dict().items() if name != "rows"},
        "against": found.target,
        "target": found.target_value,
        "dispersion": found.phi,
        "is_adjusted": found.is_adjusted,
        "is_ranked": is_ranked(found.answer.metric) and found.answer.question.audience != "public",
        "peers_are_set": found.peer_set.is_set if found.peer_set else None,
        "reading": words.reading(found),
        "rows": [_row(found, row) | _note(notes.get(row.keys["community_id"] or "")) for row in found.rows],
    }


def _note(note: CommunityNote | None) -> dict[str, Any]:
    """Return a community's own remark on its number, null where there is none."""
    return {"note": None if note is None else {"remark": note.remark, "written_on": f"{note.written_on}"}}


def _row(found: Comparison, row: Compared) -> dict[str, Any]:
    said = {name: getattr(row, name) for name in (*SIDES, "known", "expected", "approximate", *PLACE)}
    hidden = {name: value for name, value in row.as_dict().items() if "suppressed" in name}
    own = found.peer_set is not None and row.keys["community_id"] in found.peer_set.own
    peers = {"peers": [peer.community_id for peer in row.peers], "peers_are_set": own}
    texts = {
        "place": words.class_text(row) if is_judged(found.answer.metric) and not row.is_suppressed else "",
        "rank_text": words.rank_text(row),
        "peer_names": [peer.community for peer in row.peers],
    }
    return {**row.keys, **said, **hidden, **peers, "giant": _giant(row.giant), **texts}


def _giant(giant: Giant | None) -> dict[str, float | None] | None:
    """Return the rate without the largest enterprise, None where none is so large."""
    names = ("workers_share", "numerator", "denominator", "value")
    return None if giant is None else {name: getattr(giant, name) for name in names}


def _value_text(metric: Metric, row: dict[str, Any]) -> str:
    if row.get("is_suppressed"):
        return suppressed_text(row["suppressed_below"], metric.measure)
    if row["value"] is None and row["known"] > 0:  # reported, but nothing to divide by
        return _("无法计算")
    return number_text(metric, row["value"])


def compare_text(answer: dict[str, Any]) -> str:
    """Return the communities as a table in official order, and what can be read from it."""
    metric = catalogue()[answer["metric"]]
    lines = [f"{metric.title}　{answer['month']}　" + _("数据版本{generation_no}（{generation}）").format(**answer)]
    if answer["target"] is not None and is_judged(metric):
        other = _("目标") if answer["against"] == "goal" else _("全街道")
        lines.append(f"{other}　{number_text(metric, answer['target'])}")
    for row in answer["rows"]:
        cells = [row["community"], _value_text(metric, row)]
        if row["denominator"] is not None:
            cells.append(f"{side_text(row['numerator'])}/{side_text(row['denominator'])}")
        cells += [row["place"], row["rank_text"]]
        if row["peers"]:
            cells.append(_("可比社区：{names}").format(names="、".join(row["peer_names"])))
        if row["note"]:
            cells.append(_("社区说明（{written_on}）：{remark}").format(**row["note"]))
        lines.append("　".join(filter(None, cells)))
    notes = [words.rank_legend()] if answer["is_ranked"] else []
    legend = [words.class_legend()] if is_judged(metric) else []
    return "\n".join([*lines, answer["reading"], *legend, *notes])
