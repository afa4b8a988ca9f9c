"""企业核对: a person's decision whether two keys of the enterprise register are one enterprise, and its way back."""

from __future__ import annotations

import re
from gettext import gettext as _
from pathlib import Path

import duckdb

from etl.enterprises.clusters import Cluster, Clusters
from etl.enterprises.same import KIND
from etl.errors import StreetError
from etl.generations import READ_ONLY, Generation, current_path, renew, writer
from etl.note_kinds import ROW_KEY
from etl.notes import add_note, notes, take_back
from etl.record.reading import read_rows
from etl.street import Street, open_street

SAME, DIFFERENT = "same", "different"


def decide(street: Path, left: str, right: str, decision: str, reason: str, by: str = "") -> Generation | None:
    """Note that two keys are one enterprise (`same`) or two (`different`), with a reason, and publish.

    Returns the new generation, None where the same decision holds already. StreetError where the reason is missing or
    too long, the decision is another word, the keys are none or one or in no register, the decision contradicts those
    that hold, or another writer is at work.
    """
    if not reason.strip():
        raise StreetError(_("核对结论须写明理由"), remedy=_("请填写理由（120字以内）"), code="no_reason")
    if decision not in (SAME, DIFFERENT):
        message = _("核对结论“{decision}”看不懂").format(decision=decision[:60])
        raise StreetError(message, remedy=_("请写 same（是同一家）或 different（不是同一家）"), code="bad_decision")
    left, right = sorted((left.strip(), right.strip()))
    if left == right or not all(re.fullmatch(ROW_KEY, key) for key in (left, right)):
        message = _("核对要有两家企业：{left}，{right}").format(left=left[:60], right=right[:60])
        raise StreetError(message, remedy=_("请从企业核对的清单里选择"), code="unknown_enterprise")
    found = open_street(street)
    with writer(found):
        _check(street, left, right, decision)
        _check_listed(found, left, right)
        add_note(street, KIND, left_key=left, right_key=right, decision=decision, reason=reason, decided_by=by)
        return renew(found)


def withdraw(street: Path, left: str, right: str) -> Generation | None:
    """Take a decision back and publish: the registers are read as if it had never been made."""
    left, right = sorted((left, right))
    found = open_street(street)
    with writer(found):
        if any((note["left_key"], note["right_key"]) == (left, right) for note in notes(street, KIND)):
            take_back(street, KIND, left_key=left, right_key=right)
        return renew(found)


def former_keys(path: Path | None, enterprise_id: str) -> tuple[str, ...]:
    """Return the other keys under which a generation's file has an enterprise; none in one that knows of no such."""
    if path is None:
        return ()
    try:
        with duckdb.connect(str(path), read_only=True, config=READ_ONLY) as connection:
            query = "select row_key from core.enterprise_alias where enterprise_id = ? order by row_key"
            return tuple(row[0] for row in connection.execute(query, [enterprise_id]).fetchall())
    except duckdb.CatalogException:  # built by a program before this table
        return ()


def _check_listed(street: Street, *keys: str) -> None:
    """Refuse a key that no register of the current generation has: the decision would act on nothing."""
    path, query = current_path(street), "select distinct row_key from ledger.enterprise where list_contains(?, row_key)"
    listed = {key for (key,) in read_rows(path, query, [list(keys)])} if path else set()
    if gone := [key[:60] for key in keys if key not in listed]:
        message = _("企业台账里没有{keys}").format(keys="、".join(gone))
        raise StreetError(message, remedy=_("请从企业核对的清单里选择"), code="unknown_enterprise")


def _check(street: Path, left: str, right: str, decision: str) -> None:
    """Refuse a decision by which A would be B, B be C, and yet A not C."""
    held = [(n["left_key"], n["right_key"], n["decision"]) for n in notes(street, KIND)]
    held = [*((one, two, said) for one, two, said in held if (one, two) != (left, right)), (left, right, decision)]
    keys = {key for one, two, _said in held for key in (one, two)}
    clusters = Clusters({key: Cluster({key}) for key in keys})
    for one, two, said in held:
        if said == SAME:
            clusters.join(one, two, "decision")
    if any(said == DIFFERENT and clusters.root(one) == clusters.root(two) for one, two, said in held):
        message = _("这个结论与已有的核对结论矛盾：几条结论连起来，同一家企业又成了两家")
        raise StreetError(message, remedy=_("请先撤回不对的那一条"), code="contradiction")
