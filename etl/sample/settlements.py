"""What the disputes ended in: the sums agreed and paid, beside the sum claimed."""

from __future__ import annotations

from random import Random

from etl.sample.disputes import SUCCESS, Case
from etl.sample.enterprises import GARMENT_FACTORY

ARTICLE_AGREED = 980_000  # the sample's addition: the article names no sum


def amounts(case: Case, seed: int) -> tuple[int | None, int | None]:
    """Return the sums agreed and paid in whole hundreds of yuan; None where nobody says."""
    if case.enterprise.name == GARMENT_FACTORY:
        return ARTICLE_AGREED, ARTICLE_AGREED
    random = Random(f"{seed}/amounts/{case.case_no}")
    if case.outcome not in SUCCESS or not case.amount_yuan:
        return None, None
    agreed = _hundreds(case.amount_yuan * random.uniform(0.45, 1.0))
    if random.random() < 0.01:  # more than was claimed, as happens when a claim is corrected
        agreed = _hundreds(case.amount_yuan * 1.2)
    return agreed, _paid(agreed, random)


def _paid(agreed: int, random: Random) -> int | None:
    dice = random.random()
    if dice < 0.08:
        return None
    if dice < 0.22:
        return _hundreds(agreed * random.uniform(0, 0.8))
    return _hundreds(agreed * 1.1) if dice < 0.225 else agreed


def _hundreds(yuan: float) -> int:
    return round(yuan / 100) * 100
