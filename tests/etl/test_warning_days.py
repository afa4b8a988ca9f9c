"""Scores, levels and the days on which they end, against a second, naive reckoning day by day."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

from etl.generations import current_path
from etl.street import open_street
from tests.etl.naive_levels import naive, read_scheme
from tests.etl.warning_world import World


def test_scores_levels_and_expiry_day_by_day(sample_street: Path, tmp_path: Path) -> None:
    chance = random.Random(1)
    indicators = sorted({r["indicator"] for r in read_scheme("longgang_123")["rules"]} - {"no_union", "layoff", "group", "layoff_share"})  # fmt: skip
    facts = [
        (chance.randint(1, 5), chance.choice([*indicators, "overtime", "conflict"]), float(chance.choice([1, 2, 3, 31, 50])),
         date(2018, 1, 1) + timedelta(days=chance.randrange(240)))
        for _number in range(60)
    ]  # fmt: skip
    facts = list({fact[:2] + fact[3:]: fact for fact in facts}.values())
    shapes = current_path(open_street(sample_street))
    assert shapes
    made = World(shapes, ("2018-01", "2018-12"))
    for number in range(1, 6):
        made.enterprise(number)
    for row, (number, indicator, quantity, day) in enumerate(facts):
        made.fact(number, indicator, quantity, f"{day}", row=row)
    found = made.run(tmp_path)
    for scheme in ("longgang_123", "baoan_2004"):
        lightest = read_scheme(scheme)["levels"][-1]["code"]
        levels, wanted = found.levels(scheme), {}
        for (end,) in found.rows("select month_end from core.month order by 1"):
            for number, (score, level) in naive(scheme, facts, end, end).items():
                day, own = end, [fact for fact in facts if fact[0] == number]
                while naive(scheme, own, day, end).get(number, (0, None))[1] == level:
                    day += timedelta(days=1)
                until = None if level == lightest else f"{day - timedelta(days=1)}"
                wanted[number, f"{end:%Y-%m}"] = (score, level, until)
        assert levels == wanted
