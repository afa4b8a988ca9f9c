"""What the office types: carried over until it is done, never changing an earlier month, nothing lost between windows."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from briefing import typed
from etl.errors import QuestionError, StreetError
from etl.notes import KINDS, add_note, notes

OCTOBER, NOVEMBER, DECEMBER, JANUARY = date(2018, 10, 1), date(2018, 11, 1), date(2018, 12, 1), date(2019, 1, 1)


def _matters(street: Path, month: date) -> list[tuple[str, str, bool]]:
    return [(one.matter, one.progress, one.is_done) for one in typed.assigned(street, month)]


def test_an_assigned_matter_is_carried_until_it_is_done(tmp_path: Path) -> None:
    item = typed.add_assigned(tmp_path, NOVEMBER, "换届", "岗头社区工联会", "2018-12-20", "已动员")
    assert _matters(tmp_path, OCTOBER) == []
    assert _matters(tmp_path, NOVEMBER) == _matters(tmp_path, JANUARY) == [("换届", "已动员", False)]
    typed.add_assigned(tmp_path, DECEMBER, "换届", progress="已批复", is_done=True, item=item)
    assert _matters(tmp_path, DECEMBER) == [("换届", "已批复", True)]  # the month in which it was done still tells it
    assert _matters(tmp_path, JANUARY) == []
    assert _matters(tmp_path, NOVEMBER) == [("换届", "已动员", False)]  # what was printed then is still so


def test_the_day_of_a_deadline_is_known_where_one_was_typed(tmp_path: Path) -> None:
    typed.add_assigned(tmp_path, NOVEMBER, "甲", deadline="2018-12-20")
    typed.add_assigned(tmp_path, NOVEMBER, "乙", deadline="年底前")
    first, second = typed.assigned(tmp_path, DECEMBER)
    assert (first.deadline, first.due) == ("2018年12月20日", date(2018, 12, 20))
    assert (second.deadline, second.due, second.written_for) == ("年底前", None, NOVEMBER)


def test_what_is_written_for_a_month_changes_no_earlier_one(tmp_path: Path) -> None:
    item = typed.add_assigned(tmp_path, OCTOBER, "换届", progress="一")
    typed.add_assigned(tmp_path, DECEMBER, "换届（补充）", progress="三", item=item)
    typed.add_assigned(tmp_path, NOVEMBER, "换届", progress="二", item=item)  # later, for a month in between
    said = [_matters(tmp_path, month)[0][:2] for month in (OCTOBER, NOVEMBER, DECEMBER, JANUARY)]
    assert said == [("换届", "一"), ("换届", "二"), ("换届（补充）", "三"), ("换届（补充）", "三")]


def test_a_dropped_matter_stays_in_earlier_months(tmp_path: Path) -> None:
    kept, item = (typed.add_assigned(tmp_path, OCTOBER, text) for text in ("甲", "乙"))
    typed.drop_assigned(tmp_path, NOVEMBER, item)
    assert [one.item for one in typed.assigned(tmp_path, OCTOBER)] == [kept, item]
    assert [[one.item for one in typed.assigned(tmp_path, m)] for m in (NOVEMBER, DECEMBER)] == [[kept], [kept]]


def test_a_proposal_is_carried_until_it_is_decided(tmp_path: Path) -> None:
    item = typed.add_proposal(tmp_path, NOVEMBER, "增设服务站")
    other = typed.add_proposal(tmp_path, NOVEMBER, "增配人员")
    typed.add_proposal(tmp_path, DECEMBER, "增设服务站", typed.DECIDED, item)
    typed.drop_proposal(tmp_path, DECEMBER, other)
    assert [(one.matter, one.state) for one in typed.proposals(tmp_path, NOVEMBER)] == [
        ("增设服务站", "open"), ("增配人员", "open"),
    ]  # fmt: skip
    assert [(one.matter, one.state) for one in typed.proposals(tmp_path, DECEMBER)] == [("增设服务站", "decided")]
    assert typed.proposals(tmp_path, JANUARY) == ()


@pytest.mark.parametrize("text", ["无", "无。"])
def test_nothing_this_time_is_said_for_that_month_alone(tmp_path: Path, text: str) -> None:
    typed.add_assigned(tmp_path, NOVEMBER, text)
    typed.add_proposal(tmp_path, NOVEMBER, text)
    assert [len(typed.assigned(tmp_path, month)) for month in (NOVEMBER, DECEMBER)] == [1, 0]
    assert [len(typed.proposals(tmp_path, month)) for month in (NOVEMBER, DECEMBER)] == [1, 0]


def test_plans_belong_to_one_month(tmp_path: Path) -> None:
    item = typed.add_next_step(tmp_path, DECEMBER, "推进新业态建会")
    typed.add_next_step(tmp_path, DECEMBER, "推进新业态入会", item=item)
    assert [one.matter for one in typed.next_steps(tmp_path, DECEMBER)] == ["推进新业态入会"]
    assert typed.next_steps(tmp_path, JANUARY) == ()
    typed.drop_next_step(tmp_path, DECEMBER, item)
    assert typed.next_steps(tmp_path, DECEMBER) == ()


def test_a_matter_without_words_is_refused(tmp_path: Path) -> None:
    for add in (typed.add_assigned, typed.add_proposal, typed.add_next_step):
        with pytest.raises(StreetError, match="事项没有填写"):
            add(tmp_path, DECEMBER, "　")
    assert list(tmp_path.iterdir()) == []


def test_two_windows_never_share_an_item(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        items = list(pool.map(lambda n: typed.add_proposal(tmp_path, DECEMBER, f"事项{n}"), range(24)))
    assert len(set(items)) == 24
    found = typed.proposals(tmp_path, DECEMBER)
    assert {one.matter for one in found} == {f"事项{n}" for n in range(24)}
    assert [int(one.item) for one in found] == sorted(int(one.item) for one in found)  # in the order they were written


def test_a_rank_knows_the_one_before_it(tmp_path: Path) -> None:
    typed.add_rank(tmp_path, OCTOBER, "建会率", 4, 11, "区总通报第3期", "2018-11-05")
    typed.add_rank(tmp_path, OCTOBER, "入会率", 2)
    typed.add_rank(tmp_path, DECEMBER, "建会率", 3, 11, document_date="2019年1月")
    [rank] = typed.ranks(tmp_path, DECEMBER)
    assert (rank.place, rank.of_how_many, rank.document_date) == (3, 11, "2019年1月")
    assert rank.before and (rank.before.month, rank.before.place, rank.before.document_date) == (
        OCTOBER, 4, "2018年11月5日",
    )  # fmt: skip
    assert [one.indicator for one in typed.ranks(tmp_path, OCTOBER)] == ["建会率", "入会率"]
    assert typed.ranks(tmp_path, NOVEMBER) == ()  # not carried: the district ranks when it does


def test_a_rank_is_corrected_and_taken_back(tmp_path: Path) -> None:
    typed.add_rank(tmp_path, OCTOBER, "建会率", 4)
    typed.add_rank(tmp_path, OCTOBER, "建会率", 5)
    assert [one.place for one in typed.ranks(tmp_path, OCTOBER)] == [5]
    typed.drop_rank(tmp_path, OCTOBER, "建会率")
    assert typed.ranks(tmp_path, OCTOBER) == ()
    typed.add_rank(tmp_path, DECEMBER, "建会率", 3)
    assert typed.ranks(tmp_path, DECEMBER)[0].before is None


@pytest.mark.parametrize(
    ("indicator", "place", "many"), [("", 1, 11), ("建会率", 0, 11), ("建会率", 12, 11), ("建会率", 1, 10**9)]
)
def test_an_impossible_rank_is_refused(tmp_path: Path, indicator: str, place: int, many: int) -> None:
    with pytest.raises(StreetError, match="名次"):
        typed.add_rank(tmp_path, OCTOBER, indicator, place, many)


def test_a_head_is_printed_as_typed_and_proposed_for_the_next_issue_without_number_and_date(tmp_path: Path) -> None:
    typed.set_head(
        tmp_path, "brief", NOVEMBER, issue_no="11", issued_on="2018-12-05", drafted_by="甲", signed_by="丙",
        report_to="街道党工委", by="me",
    )  # fmt: skip
    assert typed.head(tmp_path, "简报", NOVEMBER) == {
        "issue_no": "第11期", "issued_on": "2018年12月5日", "drafted_by": "甲", "signed_by": "丙", "report_to": "街道党工委",
    }  # fmt: skip
    assert typed.head(tmp_path, "brief", DECEMBER) == {}  # nobody has signed December
    proposed = typed.head_proposal(tmp_path, "brief", DECEMBER)
    assert proposed == {"drafted_by": "甲", "signed_by": "丙", "report_to": "街道党工委"}
    assert typed.head_proposal(tmp_path, "brief", NOVEMBER) == typed.head_proposal(tmp_path, "monthly", DECEMBER) == {}


def test_a_head_belongs_to_its_kind_month_and_community(tmp_path: Path) -> None:
    typed.set_head(tmp_path, "special", NOVEMBER, "440307013002", issue_no="专报〔2018〕3号")
    typed.set_head(tmp_path, "special", NOVEMBER, "440307013003", drafted_by="乙")
    assert typed.head(tmp_path, "special", NOVEMBER, "440307013002") == {"issue_no": "专报〔2018〕3号"}
    assert typed.head(tmp_path, "special", NOVEMBER) == typed.head(tmp_path, "brief", NOVEMBER) == {}
    assert typed.head_proposal(tmp_path, "special", DECEMBER, "440307013003") == {"drafted_by": "乙"}


@pytest.mark.parametrize("text", ["2018-13-01", "1月5日", "20190105", "2018-02-30", "1019-01-05", "近日"])
def test_a_head_takes_only_a_day_as_its_day(tmp_path: Path, text: str) -> None:
    with pytest.raises(StreetError, match="不是日期"):
        typed.set_head(tmp_path, "brief", DECEMBER, issued_on=text)


@pytest.mark.parametrize("text", ["2019-01-05", "2019/1/5", "2019.1.5", "2019年1月5日"])
def test_a_day_may_be_written_as_people_do(tmp_path: Path, text: str) -> None:
    typed.set_head(tmp_path, "brief", DECEMBER, issued_on=text)
    assert typed.head_note(tmp_path, "brief", DECEMBER)["issued_on"] == "2019-01-05"
    assert typed.head(tmp_path, "brief", DECEMBER) == {"issued_on": "2019年1月5日"}


def test_a_deadline_saved_again_as_it_is_shown_stays_a_day(tmp_path: Path) -> None:
    item = typed.add_assigned(tmp_path, NOVEMBER, "换届", deadline="2018-12-20")
    [shown] = typed.assigned(tmp_path, NOVEMBER)
    typed.add_assigned(tmp_path, DECEMBER, "换届", deadline=shown.deadline, progress="已动员", item=item)
    assert [one.due for one in typed.assigned(tmp_path, DECEMBER)] == [date(2018, 12, 20)]


def test_an_unknown_kind_is_named(tmp_path: Path) -> None:
    with pytest.raises(QuestionError):
        typed.head(tmp_path, "没有的", DECEMBER)


def test_texts_have_their_own_limits(tmp_path: Path) -> None:
    typed.add_proposal(tmp_path, DECEMBER, "字" * 300)
    with pytest.raises(StreetError, match="最多300个字，现在是301个"):
        typed.add_proposal(tmp_path, DECEMBER, "字" * 301)
    with pytest.raises(StreetError, match="最多60个字"):
        typed.set_head(tmp_path, "brief", DECEMBER, drafted_by="字" * 61)


def test_phone_numbers_are_not_kept_and_a_hash_is_not_taken_for_one(tmp_path: Path) -> None:
    typed.add_assigned(tmp_path, DECEMBER, "联系13800138000办理", "甲")
    assert typed.assigned(tmp_path, DECEMBER)[0].matter == "联系***办理"
    add_note(tmp_path, "closings", month="2018-12", generation_no="8", generation_id="a13800138000")
    assert [note["generation_id"] for note in notes(tmp_path, "closings")] == ["a13800138000"]


@pytest.mark.parametrize("kind", ["assigned", "proposals", "district_ranks", "briefing_heads", "next_steps"])
def test_a_damaged_file_is_one_sentence(tmp_path: Path, kind: str) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / f"{kind}.csv").write_bytes(b"entry,x\r\n1,2\r\n")
    read = {
        "assigned": typed.assigned, "proposals": typed.proposals, "district_ranks": typed.ranks,
        "next_steps": typed.next_steps, "briefing_heads": lambda street, month: typed.head(street, "brief", month),
    }[kind]  # fmt: skip
    with pytest.raises(StreetError) as error:
        read(tmp_path, DECEMBER)
    assert error.value.sentence() == (
        f"notes/{kind}.csv：“{KINDS[kind].title}”的记录文件无法读取，请从备份中恢复，或把它移出 notes 文件夹后重新设定"
    )
