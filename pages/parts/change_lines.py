"""Changes as a card tells them: the size of each, and once for all of them whether it is more than normal variation."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _

from metrics import phrases
from metrics.changes import Change
from metrics.closed.words import closed_note
from metrics.judging.chance import verdict, verdict_text
from metrics.warehouse import Warehouse
from pages.parts import answers


def change_line(warehouse: Warehouse, change: Change) -> str:
    """Return one change as a card says it: 较上月　＋0.4个百分点; of one and the same register only that it is carried."""
    text, basis = phrases.change_text(change, answers.decimals(warehouse)), change.basis
    is_one = basis.is_carried and basis.now_as_of is not None and basis.now_as_of == basis.before_as_of
    # 2017年12月末较2017年12月末 would say nothing.
    return text if is_one and not change.is_incomplete else f"{phrases.change_label(change)}　{text}"


def chance_line(warehouse: Warehouse, changes: Sequence[tuple[str, Change]]) -> str:
    """Return, once for all changes of a card, which are beyond normal variation, and which are not judged and why.

    A change that tells itself that there is nothing to compare is not spoken of; "" where that is so of all.
    """
    found: dict[str, list[str]] = {}
    for label, change in changes:
        if text := verdict_text(verdict(warehouse, change)):
            found.setdefault(text, []).append(label)
    if len(found) == 1 and len(next(iter(found.values()))) == len(changes):
        (text,) = found
        return text if len(changes) == 1 else _("以上变化均{text}").format(text=text)
    return "；".join(_("{labels}：{text}").format(labels="、".join(dict.fromkeys(labels)), text=text)
                    for text, labels in found.items())  # fmt: skip


def closed_lines(warehouse: Warehouse, *changes: Change) -> list[str]:
    """Return, where a change rests on a corrected figure of a closed month, which one it compares; each once."""
    return list(dict.fromkeys(note for change in changes if (note := closed_note(warehouse, change))))


def labelled(*changes: Change, prefix: str = "") -> list[tuple[str, Change]]:
    """Return changes with what each is measured against."""
    return [(prefix + phrases.change_label(change), change) for change in changes]
