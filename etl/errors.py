"""What can go wrong, as sentences a clerk understands.

AtlasError
├── FileError        a file cannot be read (empty, truncated, password, not a workbook)
├── LedgerError      a file is readable but no ledger we can take (unknown headers, no as-of, sample mixed with real)
├── QuestionError    a question names something that does not exist (metric, community, month, dimension)
├── StreetError      the street's folder or its settings are wrong, or another writer is at work
└── ModelError       a model test failed: our own bug, nothing was published
"""

from __future__ import annotations

from gettext import gettext as _
from typing import Any

ENDS = ("。", "？", "！")  # a message that is a sentence, or a question, by itself


class AtlasError(Exception):
    """An error whose message, place and remedy are shown to the user as they are."""

    code = "error"

    def __init__(
        self,
        message: str,
        *,
        file: str | None = None,
        sheet: str | None = None,
        row: int | None = None,
        column: str | None = None,
        remedy: str | None = None,
        code: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message, self.file, self.sheet, self.row = message, file, sheet, row
        self.column, self.remedy, self.code = column, remedy, code or type(self).code

    def as_dict(self) -> dict[str, Any]:
        """Return the error as the terminal's JSON says it."""
        fields = ("code", "message", "file", "sheet", "row", "column", "remedy")
        return {name: getattr(self, name) for name in fields}

    def sentence(self) -> str:
        """Return place, message and remedy as one Chinese sentence."""
        place = "".join(f"{part}：" for part in (self.file, self.sheet) if part)
        end = f"{self.remedy}" if self.remedy else ""
        return f"{place}{self.message}{'，' if end and not self.message.endswith(ENDS) else ''}{end}"


class FileError(AtlasError):
    """A file cannot be read."""

    code = "file"


class LedgerError(AtlasError):
    """A file can be read but is no ledger that can be taken."""

    code = "ledger"


class QuestionError(AtlasError):
    """A question names something that does not exist."""

    code = "question"


class StreetError(AtlasError):
    """The street's folder cannot be used as it is."""

    code = "street"


def damaged_generation(file: str) -> StreetError:
    """Return what to say of a generation that cannot be opened: it can be built again from the record."""
    remedy = _("请从 generations 文件夹中删去它，再导入任一台账，数据会按 loads 中的记录重建")
    return StreetError(_("数据版本文件已损坏或打不开"), file=file, remedy=remedy, code="damaged")


class ModelError(AtlasError):
    """A model test failed; nothing was published."""

    code = "model"
