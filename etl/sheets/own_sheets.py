"""Sheets that this program wrote itself: they look like tables, but are no ledgers."""

from __future__ import annotations

from gettext import gettext as _

from etl.formats.sheet_text import SheetText

# how the title begins, and what to say where such a sheet comes back
OWN = {
    "批注说明": _("批注件里的说明，不是台账"),
    "台账质量报告": _("这是质量报告，不是台账"),
}
RETURN = "退回修改单"
RETURN_HEADER = "原表行号"


def why_own(sheet: SheetText) -> str | None:
    """Return why a sheet that the program itself wrote is no ledger; None for any other sheet."""
    title = next((cell.strip() for row in sheet.rows[:3] for cell in row if cell.strip()), "")
    for begin, reason in OWN.items():
        if title.startswith(begin) and len(title) <= len(begin) + 20:
            return reason
    if RETURN in title and any(RETURN_HEADER in row for row in sheet.rows[:6]):
        return _("这是退回修改单，请在原来的台账里改正后报送台账")
    return None
