"""A generation of before a metric's tables is answered with a sentence, not with a database's error."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from etl.errors import QuestionError
from metrics.judging.due import due_rows
from metrics.question import Question
from metrics.values import ask
from tests.metrics import tiny


def test_what_an_older_generation_lacks_is_said(tmp_path: Path) -> None:
    """The small street has no table of levels and no deadlines, as a generation of the version before."""
    warehouse = tiny.write(tiny.blank(2, date(2018, 1, 1), 3), tmp_path)
    with pytest.raises(QuestionError, match="由旧版程序建立，没有“风险等级为红的企业”") as caught:
        ask(warehouse, Question("enterprises_red"))
    assert caught.value.code == "old_generation" and "重建" in (caught.value.remedy or "")
    with pytest.raises(QuestionError, match="由旧版程序建立"):
        due_rows(warehouse)
    with pytest.raises(QuestionError, match="还没有任何一份台账"):  # its own tables are there
        ask(warehouse, Question("enterprises"))
