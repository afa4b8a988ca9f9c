"""One case with all that belongs to it, and how long stages last, on the sample street."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest
from statsmodels.duration.survfunc import SurvfuncRight

from etl.errors import QuestionError
from metrics.judging.cases import Case, LinkedReport, case_of
from metrics.judging.stages import STAGES, endings, stage_curves
from metrics.question import Question
from metrics.values import ask
from metrics.warehouse import Warehouse, open_current

PERSONS = {"handler", "mediator", "applicant", "phone", "informant", "informant_name", "detail", "demand", "remark"}


@pytest.fixture(scope="module")
def warehouse(sample_street: Path) -> Warehouse:
    return open_current(sample_street)


@pytest.fixture(scope="module")
def garment(warehouse: Warehouse) -> Case:
    """Return the garment factory's case of April 2018: the one that got stuck."""
    query = (
        "select dispute_id from core.case_step where step = 'stuck' and step_date between '2018-04-01' and '2018-05-31'"
    )
    [(number,)] = warehouse.cursor().execute(query).fetchall()
    found = case_of(warehouse, number)
    assert found
    return found


def test_the_garment_factory_is_one_case(garment: Case) -> None:
    """Several causes, mediation stuck, arrears paid first, dormitories visited, settled: as the article tells it."""
    assert len(garment.causes) > 1 and "服装" in (garment.enterprise or "")
    titles = [step.title for step in garment.steps]
    place = {title: titles.index(title) for title in titles}
    assert place["受理"] < place["调解僵局"] < place["补缴社保、公积金"] < place["和解"] <= place["结案归档"]
    assert titles.index("调查", place["补缴社保、公积金"]) < place["协商"]
    assert garment.outcome == "和解" and garment.is_handled and garment.is_closed
    assert not any(step.is_out_of_order or step.note for step in garment.steps)


def test_three_amounts_and_the_arrears_stay_apart(garment: Case) -> None:
    claimed, agreed, paid = garment.amount_claimed_yuan, garment.amount_agreed_yuan, garment.amount_paid_yuan
    assert claimed and agreed and paid and claimed >= agreed >= paid
    [arrears] = [step.amount_yuan for step in garment.steps if step.code == "arrears_paid"]
    assert arrears and arrears not in {claimed, agreed, paid}


def test_what_came_before_it(garment: Case) -> None:
    """The report of 19 March leads to it; the two warning-to-closing times start on their own days."""
    first = garment.reports[0]
    assert (
        first.reported_date == date(2018, 3, 19)
        and first.lead_days == (garment.received_date - first.reported_date).days
    )
    assert garment.closed_date
    assert garment.days_report_to_closing == (garment.closed_date - date(2018, 3, 19)).days
    assert garment.days_to_close == (garment.closed_date - garment.received_date).days


def test_an_informant_is_a_number_and_no_person_is_there(garment: Case) -> None:
    assert {field.name for kind in (Case, LinkedReport) for field in fields(kind)}.isdisjoint(PERSONS)
    assert all(report.informant_no for report in garment.reports)


def test_a_case_number_may_be_written_otherwise(warehouse: Warehouse, garment: Case) -> None:
    plain = garment.dispute_id.replace("〔", "[").replace("〕", "] ")
    assert case_of(warehouse, f" {plain} ") == garment
    assert case_of(warehouse, garment.dispute_id + "9") is None
    assert case_of(warehouse, "号") is None and case_of(warehouse, "") is None


def test_a_stage_lasts_as_long_as_the_ledger_says(warehouse: Warehouse) -> None:
    """Received to closed over a year, seen at the end of June: closed in July is open in June."""
    month, until = date(2018, 6, 1), date(2018, 6, 30)
    query = """
        select d.received_date, d.closed_date from core.dispute as d
        inner join ledger.dispute as l on d.load_id = l.load_id and d.file = l.file and d.sheet = l.sheet
            and d."row" = l."row"
        where d.received_date between '2017-07-01' and '2018-06-30' and l.received_date_precision = 'day'
            and coalesce(l.closed_date_precision, 'day') = 'day' and (d.is_closed or l.closed_date is null)"""
    rows = warehouse.cursor().execute(query).fetchall()
    spans = [((min(end or until, until) - start).days, bool(end and end <= until)) for start, end in rows]
    theirs = SurvfuncRight([days for days, _over in spans], [int(over) for _days, over in spans])
    [found] = stage_curves(warehouse, month, (), ["accept_to_close"])
    assert (found.ended, found.open) == (sum(over for _days, over in spans), sum(not over for _days, over in spans))
    assert found.open > 0
    at = dict(zip(found.days, zip(found.share_open, found.at_risk, strict=True), strict=True))
    for day, share, risk in zip(theirs.surv_times, theirs.surv_prob, theirs.n_risk, strict=True):
        assert at[day] == (pytest.approx(share), risk)
    assert found.median == theirs.surv_times[theirs.surv_prob <= 0.5][0]


def test_stages_follow_the_filters(warehouse: Warehouse) -> None:
    month = date(2018, 12, 1)
    whole = stage_curves(warehouse, month)
    here = stage_curves(warehouse, month, (("community", ("南坑",)), ("cause", ("拖欠、克扣工资",))))
    assert [curve.stage for curve in whole] == list(STAGES)
    assert all(0 < part.ended < curve.ended for part, curve in zip(here, whole, strict=True))
    assert all(curve.days[0] == 0 and list(curve.days) == sorted(curve.days) for curve in whole)
    assert all(list(curve.share_open) == sorted(curve.share_open, reverse=True) for curve in whole)
    with pytest.raises(QuestionError):
        stage_curves(warehouse, month, (("community", ("月球",)),))


def test_a_stage_seen_earlier_knows_nothing_of_later(warehouse: Warehouse) -> None:
    """What ended after the month counts as open in it, for exactly so long as it had lasted by then."""
    [june] = stage_curves(warehouse, date(2018, 6, 1), (), ["accept_to_agreement"], months=1)
    longest = max(june.days)
    assert longest <= (date(2018, 6, 30) - date(2018, 6, 1)).days


def test_the_endings_add_up_to_the_closed(warehouse: Warehouse) -> None:
    month = date(2018, 12, 1)
    found = endings(warehouse, month)
    closed = ask(warehouse, Question("disputes_closed", (), month, period="ytd")).row.value
    assert {ending.of for ending in found} == {closed} and sum(ending.count for ending in found) == closed
    assert "在办" not in {ending.title for ending in found}
