"""听取工会工作汇报: the plan, what was held, and when the next might be; never a grade."""

from __future__ import annotations

from datetime import date

import pytest

from metrics.judging.hearings import HearingPlan, hearing_sentence, next_month


@pytest.mark.parametrize(
    ("month", "planned", "held", "following"),
    [
        (9, 4, 3, 11),  # the issue's own example
        (10, 4, 3, 11),
        (1, 4, 0, 4),
        (6, 4, 2, 8),
        (11, 4, 1, 12),  # more are left than months: the next month
        (12, 4, 3, None),  # no month is left
        (6, 4, 4, None),
        (6, 4, 5, None),
        (6, 0, 0, None),
        (6, None, 2, None),
        (6, 4, None, None),
    ],
)
def test_the_rest_is_spread_evenly(month: int, planned: int | None, held: int | None, following: int | None) -> None:
    found = next_month(date(2018, month, 1), planned, held)
    assert found == (following and date(2018, following, 1))


def _sentence(planned: int | None, held: int | None, month: int = 9) -> str:
    following = next_month(date(2018, month, 1), planned, held)
    return hearing_sentence(HearingPlan(None, "街道党工委", planned, held, None, following))


def test_it_is_said_as_a_plan() -> None:
    assert _sentence(4, 3) == "年度计划听取4次，已听取3次，建议下次安排：11月"
    assert _sentence(4, 4) == "年度计划听取4次，已听取4次，已按计划完成"
    assert _sentence(4, 3, 12) == "年度计划听取4次，已听取3次"
    assert _sentence(None, 2) == "已听取2次，没有填年度计划次数"
    assert _sentence(4, None) == "会议台账未报"
    for text in ("落后", "排名", "不足", "未完成"):
        assert all(text not in _sentence(4, held, month) for held in range(6) for month in range(1, 13))
