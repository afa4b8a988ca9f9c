"""What the street notes for itself: the columns of each kind of note, how long a text may be, what a cell may hold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from gettext import gettext as _

LONGEST = 60  # characters of a text that a person types, unless the kind says otherwise
MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")
DAY = re.compile(rf"{MONTH.pattern}-(0[1-9]|[12]\d|3[01])")  # a spreadsheet may have saved it as 2018/12/30
ANSWERS = ("confirmed", "no_change", "open")
COUNT = r"[1-9]\d{0,8}"
YES = "true|false"
ROW_KEY = r"[a-z_|]+:\S.{0,199}"  # of an enterprise in its ledger: uscc:…, org_code:…, reg_no:…, name:…


@dataclass(frozen=True)
class Kind:
    """One kind of note: its columns in order; of the same `key` the latest entry holds; `day` is today unless given.

    `longest` says which columns may be longer than LONGEST. `forms` says (as patterns) what a column may hold besides
    nothing; such a cell is no prose, so it is never masked.
    """

    title: str
    key: tuple[str, ...]
    said: tuple[str, ...]
    day: str
    by: str
    longest: Mapping[str, int] = field(default_factory=dict)
    forms: Mapping[str, str] = field(default_factory=dict)

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the file's columns after the entry's number."""
        return (*self.key, *self.said, self.day, self.by)

    def fits(self, row: Mapping[str, str]) -> bool:
        """Return whether every column that has a form keeps to it."""
        is_dated = _is_day(row[self.day]) and ("month" not in row or bool(MONTH.fullmatch(row["month"])))
        return is_dated and all(not row[name] or re.fullmatch(form, row[name]) for name, form in self.forms.items())


def _is_day(text: str) -> bool:
    """Return whether a text is a day of the calendar, written 2018-12-30."""
    try:
        return bool(DAY.fullmatch(text)) and f"{date.fromisoformat(text)}" == text
    except ValueError:
        return False


KINDS = {
    # One entry names all peers of a community: add_note(street, "peers", community_id="A", peer_id=("B", "C")).
    "peers": Kind(_("可比社区"), ("community_id",), ("peer_id",), "set_on", "set_by"),
    "alarm_answers": Kind(
        _("异动提示的核实"), ("series", "month"), ("answer", "reason"), "answered_on", "answered_by",
        forms={"answer": "|".join(ANSWERS)},
    ),
    # community_id "" is the whole street; month is the first of the new level.
    "step_changes": Kind(_("水平变化"), ("metric", "community_id", "month"), ("reason",), "declared_on", "declared_by"),
    # community is the community or the topic that a 专报 is about, "" for the whole street.
    "briefing_heads": Kind(
        _("简报的期号和签发"), ("kind", "month", "community"),
        ("issue_no", "issued_on", "drafted_by", "checked_by", "signed_by", "report_to", "copy_to"),
        "written_on", "written_by", longest={"report_to": 200, "copy_to": 200}, forms={"issued_on": DAY.pattern},
    ),
    "district_ranks": Kind(
        _("区通报排名"), ("indicator", "month"), ("place", "of_how_many", "document", "document_date"),
        "written_on", "written_by", forms={"place": COUNT, "of_how_many": COUNT},
    ),
    # An item's number is given when it is first written (NEW); each month has its own entry of it.
    "assigned": Kind(
        _("上期交办事项"), ("item", "month"), ("matter", "responsible", "deadline", "progress", "is_done"),
        "written_on", "written_by", longest={"matter": 300, "progress": 300, "responsible": 120},
        forms={"item": COUNT, "is_done": YES},
    ),
    # suggestion is the program's own that a matter was taken from, original its wording on that day.
    "proposals": Kind(
        _("提请研究事项"), ("item", "month"), ("matter", "state", "suggestion", "original"), "written_on", "written_by",
        longest={"matter": 300, "original": 300},
        forms={"item": COUNT, "state": "open|decided|dropped", "suggestion": r"[a-z_]\S{0,99}"},
    ),
    "next_steps": Kind(
        _("下一步工作"), ("item", "month"), ("matter",), "written_on", "written_by",
        longest={"matter": 300}, forms={"item": COUNT},
    ),
    "briefing_edits": Kind(
        _("简报的文字修改"), ("kind", "month", "community", "topic", "audience", "sentence"),
        ("text", "original", "is_left_out"), "edited_on", "edited_by",
        longest={"text": 600, "original": 2000},
        forms={"audience": "internal|public", "sentence": r"[a-z_]\S{0,199}", "is_left_out": YES},
    ),
    # The scheme, level and score that were reviewed: where the score is another by now, the review no longer holds.
    "level_reviews": Kind(
        _("风险等级的复核"), ("enterprise_id", "month"), ("level", "reason", "scheme", "scored_level", "score"),
        "reviewed_on", "reviewed_by",
        forms={
            "enterprise_id": r"[a-z_]+:\S.{0,199}", "level": "red|orange|yellow|blue|green",
            "scored_level": "red|orange|yellow|blue|green", "scheme": r"\w{1,60}", "score": r"\d+(\.\d+)?",
        },
    ),
    # 「本月零报告」 ticked by the clerk: a report without rows, as an empty sheet is.
    "nil_reports": Kind(
        _("零报告"), ("ledger", "community_id", "month"), ("is_nil",), "noted_on", "noted_by", forms={"is_nil": "true"}
    ),
    # A report sent back to be mended; it is 退回待改 until a load after `load_id` (the last one then) reports it again.
    "returns": Kind(
        _("退回待改"), ("ledger", "community_id", "month"), ("reason", "deadline", "load_id"),
        "returned_on", "returned_by", longest={"reason": 120},
        forms={"deadline": DAY.pattern, "load_id": r"\d{6}-[0-9a-f]{8}"},
    ),
    "community_notes": Kind(
        _("社区说明"), ("metric", "community_id", "month"), ("remark",), "written_on", "written_by"
    ),
    # claim: whether the community says that the unit belongs among those counted, or not among them.
    "objections": Kind(
        _("分母异议"), ("item", "month"),
        ("metric", "community_id", "unit_id", "unit_name", "claim", "reason", "state", "decision", "decided_by"),
        "written_on", "written_by", longest={"unit_name": 120, "reason": 120, "decision": 120},
        forms={
            "item": COUNT, "claim": "count|leave_out", "state": "open|accepted|refused",
            "unit_id": r"\S.{0,199}", "metric": r"\w{1,80}",
        },
    ),
    # Two keys of the enterprise ledger (uscc:…, name:…), the smaller first: one enterprise or two.
    "identity_decisions": Kind(
        _("企业核对"), ("left_key", "right_key"), ("decision", "reason"), "decided_on", "decided_by",
        longest={"reason": 120},
        forms={"left_key": ROW_KEY, "right_key": ROW_KEY, "decision": "same|different"},
    ),
    # What was done with corrections.csv, for the record; the file itself is what counts.
    "correction_log": Kind(
        _("更正记录的经过"), ("item",),
        ("act", "ledger", "row_key", "column", "was", "now", "reason", "source"), "done_on", "done_by",
        longest={"was": 200, "now": 200, "reason": 200, "source": 200},
        forms={"item": COUNT, "act": "made|withdrawn", "row_key": r"\S.{0,299}"},
    ),
    # 从原台账带回联系人: that it was done, by whom, from which files, for how many; never what was brought back.
    "contact_exports": Kind(
        _("带联系方式的导出"), ("item",), ("month", "files", "listed", "found"), "done_on", "done_by",
        longest={"files": 200},
        forms={"item": COUNT, "listed": r"\d{1,9}", "found": r"\d{1,9}"},
    ),
    "closings": Kind(
        _("月度定稿"), ("month",), ("generation_no", "generation_id"), "closed_on", "closed_by",
        forms={"generation_no": COUNT, "generation_id": r"[0-9a-f]{12}"},
    ),
}  # fmt: skip
