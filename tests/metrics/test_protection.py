"""Small numbers stay hidden whatever is asked: an attacker asks everything and adds, subtracts and guesses."""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import combinations, product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.linalg import qr
from scipy.optimize import LinearConstraint, milp

from etl.arguments import add_metric_arguments
from etl.errors import QuestionError
from metrics import phrases
from metrics.catalogue import catalogue
from metrics.changes import change, changes
from metrics.question import Hidden, Question, Row
from metrics.terminal import answer_text, question_of
from metrics.values import ask, rows
from metrics.warehouse import Warehouse, open_current
from tests.metrics import tiny
from tests.metrics.oracle_units import TOPICS

NOVEMBER, FEBRUARY = date(2017, 11, 1), date(2018, 2, 1)
INDUSTRIES, SIZES = ("C", "F", "I"), ("<25", "25-99")
Atom = tuple[Any, ...]  # community, industry, size, month
BELOW = 5


@pytest.fixture(autouse=True)
def sensitive(monkeypatch: pytest.MonkeyPatch) -> None:
    """Add a stock and a flow of persons in a sensitive class: one for each enterprise, one for each dispute."""
    for name, like in (("ill", "enterprises"), ("hurt", "disputes_received"), ("ill_share", "coverage_rate")):
        metric = replace(catalogue()[like], id=name, title="患病职工", measure="人", sensitive=True)
        monkeypatch.setitem(catalogue(), name, metric)


def street(seed: int, months: int, mean: float, missing: float = 0.0) -> tiny.TinyStreet:
    """Return three communities by three industries and two sizes, with some small numbers in them."""
    chance, found = random.Random(seed), tiny.blank(3, NOVEMBER, months)
    for community, month in product(found.communities, found.months):
        found.add("community_month", community_id=community, month=month)
        for ledger in ("enterprise", "dispute"):
            state = "missing" if chance.random() < missing else "received"
            tiny.report(found, ledger, community, month, state)
    number = 0
    for community, industry, size, month in product(found.communities, INDUSTRIES, SIZES, found.months):
        for _ in range(int(chance.expovariate(1 / mean))):
            number += 1
            place = {"industry": industry, "size_band": size}
            has_union = chance.random() < 0.7
            tiny.enterprise(found, number, month, community, has_union=has_union, is_own_union=has_union, **place)
            tiny.dispute(found, number, community, month, **place)
    return found


def truth(made: tiny.TinyStreet, table: str, month: str) -> dict[Atom, int]:
    """Return how many there are of each combination."""
    found: dict[Atom, int] = {}
    for record in made.rows(table):
        atom = (record["community_id"], record["industry"], record["size_band"], record[month])
        found[atom] = found.get(atom, 0) + 1
    return found


DIMENSIONS = ("community", "industry", "size_band")


def cuts() -> Iterator[tuple[tuple[str, ...], tuple[tuple[str, tuple[str, ...]], ...]]]:
    """Return every way to cut: by one or two dimensions, with one or two codes of others."""
    codes = {"community": ("岗头", "马安堂", "五和"), "industry": INDUSTRIES, "size_band": SIZES}
    for count in (0, 1, 2):
        for by in combinations(DIMENSIONS, count):
            yield by, ()
            for name in DIMENSIONS:
                for some in (*combinations(codes[name], 1), *combinations(codes[name], 2)):
                    yield by, ((name, some),)


class Attacker:
    """Knows which combinations there are and which communities have not reported; learns from what is shown and said.

    Who reads 不足5人 beside other hidden numbers knows that the first are 1 to 4 and the others are not.
    """

    def __init__(self, made: tiny.TinyStreet, atoms: dict[Atom, int], state: str) -> None:
        silent = {
            (r["community_id"], r["month"]) for r in made.rows("report") if r["ledger"] == state and not r["holds"]
        }
        everything = product(made.communities, INDUSTRIES, SIZES, made.months)
        self.atoms = [atom for atom in everything if (atom[0], atom[3]) not in silent]
        self.counts = np.array([atoms.get(atom, 0) for atom in self.atoms], dtype=float)
        self.known: dict[bytes, float] = {}
        self.hidden: dict[bytes, float] = {}
        self.said: dict[bytes, tuple[float, float]] = {}

    def read(self, question: Question, rows_: tuple[Row, ...], months: tuple[date, ...]) -> None:
        """Learn the rows of an answer."""
        is_told_apart = any(row.hidden is not None and row.hidden.below for row in rows_)
        for row in rows_:
            if row.known:
                self.read_row(question, row, months, is_told_apart)

    def read_row(self, question: Question, row: Row, months: tuple[date, ...], is_told_apart: bool) -> None:
        """Learn one row of an answer."""
        line = np.array([float(self.is_in(atom, question, row, months)) for atom in self.atoms])
        true = float(line @ self.counts)
        if row.is_suppressed:
            assert (row.numerator, row.denominator, row.value, row.low, row.high, row.parts, row.clusters) == (
                None,
            ) * 7
            self.hidden[line.tobytes()] = true
            if row.hidden and row.hidden.below:
                self.said[line.tobytes()] = (1, BELOW - 1)
            elif is_told_apart and true >= BELOW:
                self.said[line.tobytes()] = (BELOW, np.inf)
        else:
            assert row.numerator == true and not 0 < true < BELOW, (question, row)
            self.known[line.tobytes()] = true

    def is_in(self, atom: Atom, question: Question, row: Row, months: tuple[date, ...]) -> bool:
        """Return whether a combination counts in a row."""
        codes = dict(zip(DIMENSIONS, atom[:3], strict=True))
        names = dict(zip(tiny.COMMUNITIES, [f"44030701300{index:X}" for index in range(12)], strict=False))
        wanted = {name: [names.get(value, value) for value in values] for name, values in question.where}
        given = all(codes[name] in values for name, values in wanted.items())
        return (
            given and atom[3] in months and all(codes[n] == row.keys[f"{n}_id"] for n in DIMENSIONS if n in question.by)
        )

    def finds_out(self) -> list[float]:
        """Return the small hidden numbers whose value follows from what is known, in whole numbers."""
        matrix = np.array([np.frombuffer(line) for line in self.known] or [np.zeros(len(self.atoms))])
        sums = np.array([*self.known.values()] or [0.0])
        _q, r, order = qr(matrix.T, pivoting=True, mode="economic")  # what follows from other sums only costs time
        needed = order[: int((np.abs(np.diag(r)) > 1e-9).sum())]
        matrix, sums = matrix[needed], sums[needed]
        told = []
        for line, true in self.hidden.items():
            aim = np.frombuffer(line)
            if 0 < true < BELOW and self.is_told(matrix, sums, aim):
                told.append(true)
        return told

    def is_told(self, matrix: np.ndarray, sums: np.ndarray, aim: np.ndarray) -> bool:
        known = [LinearConstraint(matrix, sums, sums)]
        if self.said:
            lines = np.array([np.frombuffer(line) for line in self.said])
            known.append(LinearConstraint(lines, *np.array([*self.said.values()]).T))
        ends = [milp(sign * aim, constraints=known, integrality=np.ones(len(aim))) for sign in (1, -1)]
        assert all(end.success for end in ends)
        return round(ends[0].fun) == round(-ends[1].fun)


@pytest.mark.parametrize("seed", [0, 1, 2, 6])
def test_nothing_asked_of_a_stock_tells_a_small_number(seed: int, tmp_path: Path) -> None:
    made = street(seed, 1, mean=[1.5, 4, 9][seed % 3], missing=0.3 * (seed > 5))
    warehouse = tiny.write(made, tmp_path)
    attacker = Attacker(made, truth(made, "enterprise_month", "month"), "enterprise")
    for by, where in cuts():
        question = Question("ill", by, NOVEMBER, where=where)
        attacker.read(question, ask(warehouse, question).rows, (NOVEMBER,))
    assert attacker.finds_out() == []


@pytest.mark.parametrize("seed", [0, 4, 17])
def test_nothing_asked_of_a_flow_tells_a_small_number(seed: int, tmp_path: Path) -> None:
    """Months, parts of years and years: February is January and February less January."""
    made = street(seed, 4, mean=[1, 3, 8][seed % 3], missing=0.2 * (seed > 3))
    warehouse = tiny.write(made, tmp_path)
    attacker = Attacker(made, truth(made, "dispute", "received_month"), "dispute")
    spans = [(a, b) for a, b in product(made.months, made.months) if a <= b]
    for by, where in cuts():
        if len(by) + len(where) > 2:
            continue
        for first, last in spans:
            question = Question("hurt", by, last, first, where=where)
            months = tuple(month for month in made.months if first <= month <= last)
            attacker.read(question, ask(warehouse, question).rows, months)
    assert attacker.known
    assert attacker.finds_out() == []


@pytest.fixture(name="small")
def small_(tmp_path: Path) -> Warehouse:
    """Return three communities with 3, 12 and 20 enterprises and disputes in November, 7, 8 and 9 in December."""
    made = tiny.blank(3, NOVEMBER, 2)
    number = 0
    for community, counts in zip(made.communities, ((3, 7), (12, 8), (20, 9)), strict=True):
        for month, count in zip(made.months, counts, strict=True):
            made.add("community_month", community_id=community, month=month)
            for ledger in ("enterprise", "dispute"):
                tiny.report(made, ledger, community, month, "received")
            for place in range(count):
                number += 1
                has_union = place > 0
                tiny.enterprise(made, number, month, community, has_union=has_union, is_own_union=has_union, workers=4)
                tiny.dispute(made, number, community, month, causes=["01"])
    return tiny.write(made, tmp_path)


def by_community(warehouse: Warehouse, metric: str, **asked: Any) -> tuple[Row, ...]:
    return ask(warehouse, Question(metric, ("community",), **asked)).rows


def test_a_small_count_is_hidden_with_one_more(small: Warehouse) -> None:
    """The street has 35: without 3 and 12, 15 is all that is told of the two."""
    few, other, shown = by_community(small, "ill", month=NOVEMBER)
    assert (few.hidden, other.hidden, shown.numerator) == (Hidden(BELOW), Hidden(), 20)
    assert ask(small, Question("ill", month=NOVEMBER)).row.numerator == 35
    said = [phrases.row_text(catalogue()["ill"], row, word="人") for row in (few, other, shown)]
    assert said == ["不足5人，不显示", "为保护个人信息，不显示", "20人"]
    assert few.known == 1 and few.as_dict()["is_suppressed"] and "is_suppressed" not in shown.as_dict()


def test_another_month_of_a_stock_is_another_number(small: Warehouse) -> None:
    assert [row.numerator for row in by_community(small, "ill", month=date(2017, 12, 1))] == [7, 8, 9]


def test_a_part_of_a_year_is_hidden_with_the_months_that_would_tell_it(small: Warehouse) -> None:
    """3 + 7 is 10: who knows the year and December knows November."""
    december, year = date(2017, 12, 1), {"month": date(2017, 12, 1), "start": NOVEMBER}
    assert [row.numerator for row in by_community(small, "hurt", **year)] == [10, 20, 29]
    assert [row.is_suppressed for row in by_community(small, "hurt", month=december)] == [True, True, False]
    assert [row.is_suppressed for row in by_community(small, "hurt", month=NOVEMBER)] == [True, True, False]


def test_two_communities_together_are_told_if_their_sum_is(small: Warehouse) -> None:
    """The two hidden ones are the total less the third; one hidden and one shown would tell the hidden one."""
    both = Question("ill", (), NOVEMBER, where=(("community", ("岗头", "马安堂")),))
    mixed = Question("ill", (), NOVEMBER, where=(("community", ("岗头", "五和")),))
    assert ask(small, both).row.numerator == 15
    assert ask(small, mixed).row.hidden == Hidden()


def test_a_share_is_hidden_for_its_numerator_its_rest_and_its_whole(small: Warehouse) -> None:
    """One enterprise of each community has no union: the rest of the share is 1 everywhere, of all 3."""
    assert all(row.is_suppressed for row in by_community(small, "ill_share", month=NOVEMBER))
    street = ask(small, Question("ill_share", month=NOVEMBER)).row
    assert street.is_suppressed, "32 of 35 tell of 3"


def test_internal_numbers_are_as_they_were(small: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cases and enterprises are not suppressed for internal users, and their questions cost nothing more."""
    monkeypatch.delattr("metrics.protection.protected")  # whoever wants it fails
    assert [row.numerator for row in by_community(small, "enterprises", month=NOVEMBER)] == [3, 12, 20]
    assert all(row.hidden is None for row in by_community(small, "disputes_received", month=NOVEMBER))


GENERATED = {name for name, metric in catalogue().items() if metric.topic in TOPICS}


@pytest.mark.parametrize("metric", sorted(GENERATED))
def test_the_public_version_shows_no_small_count(metric: str, tmp_path: Path) -> None:
    """Every metric, street and communities, months and years: numerator, rest and denominator are 0 or at least 5."""
    warehouse = tiny.write(street(3, 3, mean=3), tmp_path)
    about = catalogue()[metric]
    for by in ((), ("community",), ("month",), ("community", "month")):
        for row in ask(warehouse, Question(metric, by, date(2018, 1, 1), audience="public")).rows:
            if about.unit == "target" or row.numerator is None:
                continue
            own = [row.denominator, (row.denominator or 0) - row.numerator] if about.has_own_base else []
            assert not [side for side in (row.numerator, *own) if side and 0 < side < BELOW], row
            assert row.parts is None


@pytest.mark.parametrize("metric", sorted(catalogue().keys() - GENERATED))
def test_the_public_version_shows_no_small_count_of_the_sample(metric: str, sample_street: Path) -> None:
    """The same of the topics that the small streets have no ledgers for; a sum or a median is over five or more."""
    warehouse, about, december = open_current(sample_street), catalogue()[metric], date(2018, 12, 1)
    is_count = about.kind in ("count", "balance", "proportion")
    for by, start in (((), None), (("community",), None), (("community", "month"), NOVEMBER)):
        for row in ask(warehouse, Question(metric, by, december, start, audience="public")).rows:
            if not row.numerator:
                continue
            own = [row.denominator, (row.denominator or 0) - row.numerator] if about.has_own_base else []
            assert not is_count or not [side for side in (row.numerator, *own) if side and 0 < side < BELOW], row
            if not is_count and "month" not in by:
                where = (("community", (str(row.keys["community_id"]),)),) if by else ()
                assert len(rows(warehouse, Question(metric, (), december, where=where))) >= BELOW, row


def test_the_public_version_hides_sums_over_few_enterprises(small: Warehouse) -> None:
    """12 workers of three enterprises are 4 each to any of them."""
    few, other, shown = by_community(small, "workers", month=NOVEMBER, audience="public")
    assert few.is_suppressed and other.is_suppressed and shown.numerator == 80


def test_the_public_version_has_no_cases_in_hand_by_community(small: Warehouse) -> None:
    """Opening, received and closed would tell them."""
    assert all(row.is_suppressed for row in by_community(small, "disputes_open", month=NOVEMBER, audience="public"))
    assert ask(small, Question("disputes_open", month=NOVEMBER, audience="public")).row.numerator == 35


def test_a_rate_is_hidden_where_its_denominator_is(small: Warehouse) -> None:
    """Disputes per 1,000 workers, where the workers are those of three enterprises."""
    rows_ = by_community(small, "disputes_per_1000_workers", month=NOVEMBER, audience="public")
    assert rows_[0].is_suppressed and rows_[1].is_suppressed


def sized(sizes: tuple[tuple[int, int], ...], members: int, folder: Path) -> Warehouse:
    """Return communities with so many enterprises of 10 workers, the first of them with a union, of so many members."""
    made, number = tiny.blank(len(sizes), NOVEMBER, 1), 0
    for community, (total, covered) in zip(made.communities, sizes, strict=True):
        made.add("community_month", community_id=community, month=NOVEMBER)
        for ledger in ("enterprise", "dispute"):
            tiny.report(made, ledger, community, NOVEMBER, "received")
        for place in range(total):
            number += 1
            facts = {"has_union": place < covered, "is_own_union": place < covered}
            own = members if place < covered else 0
            tiny.enterprise(made, number, NOVEMBER, community, workers=10, members=own, **facts)
    return tiny.write(made, folder)


def test_a_share_does_not_show_what_the_count_of_its_denominator_hides(tmp_path: Path) -> None:
    """59 enterprises less 10, 40 and (from the share) 6 would be 3: the two metrics hide the same beside it."""
    warehouse = sized(((3, 3), (6, 6), (10, 5), (40, 20)), 3, tmp_path)
    count = by_community(warehouse, "enterprises", month=NOVEMBER, audience="public")
    share = by_community(warehouse, "coverage_rate", month=NOVEMBER, audience="public")
    assert [row.numerator for row in count] == [None, None, 10, 40]
    assert [row.denominator for row in share] == [None, None, None, 40]


def test_no_members_in_three_enterprises_tell_their_workers(tmp_path: Path) -> None:
    """0 of 30 is of three enterprises, though none of them has members; and three with members are few among 40."""
    warehouse = sized(((3, 0), (20, 9), (40, 3), (30, 20)), 5, tmp_path)
    hidden = [
        {
            row.keys["community"]
            for row in by_community(warehouse, metric, month=NOVEMBER, audience="public")
            if row.hidden
        }
        for metric in ("workers", "members", "membership_rate_area")
    ]
    assert "岗头" in hidden[0] and "五和" in hidden[1] and hidden[0] | hidden[1] <= hidden[2]


@pytest.mark.parametrize("state", ["missing", "received"])
def test_a_rate_does_not_tell_the_cases_of_who_sent_no_register(state: str, tmp_path: Path) -> None:
    """65 cases, 62 of communities with workers: the difference is 岗头's 3, so the rate is not told until it reports."""
    made, number = tiny.blank(4, NOVEMBER, 1), 0
    for community, cases in zip(made.communities, (3, 12, 20, 30), strict=True):
        made.add("community_month", community_id=community, month=NOVEMBER)
        tiny.report(made, "dispute", community, NOVEMBER, "received")
        tiny.report(made, "enterprise", community, NOVEMBER, state if cases == 3 else "received")
        for place in range(cases + 20):
            number += 1
            if place < cases:
                tiny.dispute(made, number, community, NOVEMBER)
            elif cases > 3 or state == "received":
                tiny.enterprise(made, number, NOVEMBER, community, workers=10)
    warehouse = tiny.write(made, tmp_path)
    asked = Question("disputes_per_1000_workers", (), NOVEMBER, audience="public")
    rows_ = (ask(warehouse, asked).row, *by_community(warehouse, asked.metric, month=NOVEMBER, audience="public"))
    count = by_community(warehouse, "disputes_received", month=NOVEMBER, audience="public")
    assert [row.numerator for row in count] == [None, None, 20, 30]
    assert [row.numerator for row in rows_] == [*([65] if state == "received" else [None]), *([None] * 2), *(
        [20, 30] if state == "received" else [None, None]
    )]  # fmt: skip


def test_single_rows_of_protected_numbers_are_refused(small: Warehouse) -> None:
    for question in (Question("ill"), Question("enterprises", audience="public")):
        with pytest.raises(QuestionError, match="不提供明细"):
            rows(small, question)
    assert rows(small, Question("enterprises", month=NOVEMBER)).height == 35


def test_a_change_of_a_hidden_number_is_not_told(small: Warehouse) -> None:
    december = date(2017, 12, 1)
    found = changes(small, Question("ill", ("community",), december), "previous_month")
    assert [one.difference for one in found] == [None, None, -11]
    assert phrases.change_text(found[0]) == phrases.change_sentence(found[0]) == "为保护个人信息，不显示"
    assert change(small, Question("ill", month=december), "previous_month").difference == -11


def test_a_filter_on_any_of_several_causes_is_not_told(small: Warehouse) -> None:
    """A case with two causes would stand under both: such sums overlap, and overlaps tell."""
    asked = Question("hurt", (), date(2017, 12, 1), NOVEMBER, where=(("cause", ("01",)),))
    assert ask(small, asked).row.hidden == Hidden()


def test_three_cuts_are_not_told(small: Warehouse) -> None:
    where = (("industry", ("C",)), ("community", ("五和",)))
    assert all(row.is_suppressed for row in ask(small, Question("ill", ("size_band",), NOVEMBER, where=where)).rows)


def test_who_is_left_out_is_said(small: Warehouse) -> None:
    found = by_community(small, "ill", month=NOVEMBER)
    assert phrases.left_out_text(found) == "；为保护个人信息，不显示：岗头、马安堂"
    assert phrases.nothing_text(catalogue()["ill"], found) == "患病职工：为保护个人信息，各社区均不显示"
    assert phrases.left_out_text(found[2:]) == ""


def test_the_terminal_says_why(small: Warehouse) -> None:
    answer = ask(small, Question("workers", ("community",), NOVEMBER, audience="public")).as_dict()
    lines = answer_text(answer).splitlines()
    assert lines[1:] == [
        "岗头　为保护个人信息，不显示　已报1/应报1",
        "马安堂　为保护个人信息，不显示　已报1/应报1",
        "五和　80　已报1/应报1",
    ]


@pytest.mark.parametrize("is_public", [False, True])
def test_the_terminal_asks_for_the_public_version(is_public: bool) -> None:
    parser = argparse.ArgumentParser()
    add_metric_arguments(parser)
    asked = parser.parse_args(["workers", *["--public"] * is_public])
    assert question_of(asked).audience == ("public" if is_public else "internal")
