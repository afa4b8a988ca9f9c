"""`union-atlas brief` and `close` as a clerk types them: files, sentences for what cannot be, JSON for programs."""

from __future__ import annotations

import getpass
import io
import json
import shutil
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import cli
from briefing import archive, run
from briefing.kinds import kinds
from briefing.request import Request
from etl.jobs.bounded import _reads_files
from metrics.question import Question
from metrics.scope import communities
from metrics.values import ask
from metrics.warehouse import open_current
from tests.source import ROOT

MAGIC = {".docx": b"PK", ".pdf": b"%PDF", ".pptx": b"PK", ".xlsx": b"PK"}
DECEMBER = date(2018, 12, 1)
Ran = pytest.CaptureFixture[str]
BRIEF = ("--kind", "简报", "--month", "2018-12")


def ran(street: Path, out: Ran, *words: str, verb: str = "brief", code: int = 0) -> dict[str, Any]:
    """Return what a verb answers as JSON; its exit code must be the one expected."""
    out.readouterr()
    assert cli.main([verb, *words, "--json", "--street", str(street)]) == code
    found: dict[str, Any] = json.loads(out.readouterr().out)
    return found


def said(street: Path, out: Ran, *words: str, verb: str = "brief", code: int = 0) -> str:
    """Return what a verb says to people."""
    out.readouterr()
    assert cli.main([verb, *words, "--street", str(street)]) == code
    both = out.readouterr()
    return both.out + both.err


def test_every_kind_is_listed_with_what_it_is_for(street: Path, capsys: Ran) -> None:
    """Programs get ids, people names, what for, how often, of what; the year's kinds come after the month's."""
    listed = ran(street, capsys, "--list")["kinds"]
    assert {kind["id"] for kind in listed} == set(kinds())
    assert [kind["period"] for kind in listed][0] == "month" and listed[-1]["period"] == "year"
    text = said(street, capsys, "--list")
    assert all(kind.name in text and kind.about in text for kind in kinds().values())
    assert [line for line in text.splitlines() if "只有内部版" in line][0].startswith("情况通报")


@pytest.mark.parametrize("ending", MAGIC)
def test_one_document_in_each_of_the_four_forms(ending: str, street: Path, tmp_path: Path, capsys: Ran) -> None:
    """The file is what its ending says; the answer holds its data version and every number with its question."""
    out = tmp_path / f"简报{ending}"
    answer = ran(street, capsys, *BRIEF, "--out", str(out))
    assert out.read_bytes().startswith(MAGIC[ending]) and answer["files"] == [str(out)]
    [document] = answer["documents"]
    warehouse = open_current(street)
    assert (document["kind"], document["month"], document["generation"]) == ("简报", "2018-12", warehouse.generation_id)
    assert document["is_sample"] and document["audience"] == "internal" and document["closed_on"] is None
    rate = ask(warehouse, Question("coverage_rate")).row
    wanted = {"aspect": "cell", "metric": "coverage_rate", "month": "2018-12", "audience": "internal"}
    [fact] = [fact for fact in document["facts"] if wanted.items() <= fact.items() and "where" not in fact]
    assert fact["text"] == f"{(rate.value or 0) * 100:.1f}%"
    assert len(document["facts"]) > 100


def test_people_are_told_the_file_and_what_is_not_in_it(street: Path, tmp_path: Path, capsys: Ran) -> None:
    """What the document leaves out stands on the terminal, with the reason."""
    text = said(street, capsys, *BRIEF, "--out", str(tmp_path / "简报.xlsx"))
    assert text.startswith("已写出1份：") and "简报.xlsx" in text
    assert "本期未列：" in text and "　区通报排名：未填写" in text


def test_a_folder_takes_every_form_under_the_document_s_own_name(street: Path, tmp_path: Path, capsys: Ran) -> None:
    """--formats names the forms; the name says street, kind, community, month, mark, audience and data version."""
    words = ("--kind", "专报", "--community", "南坑社区", "--public", "--month", "2018-12", "--formats", "xlsx, docx")
    answer = ran(street, capsys, *words, "--out", str(tmp_path / "发" / "对外"))
    names = [Path(path).name for path in answer["files"]]
    [document] = answer["documents"]
    stem = f"坂田街道工会工作专报_南坑_2018年12月_对外版_示例数据_数据版本{document['generation_no']}"
    assert names == [f"{stem}.xlsx", f"{stem}.docx"] and all(Path(path).exists() for path in answer["files"])
    assert (document["community"], document["audience"]) == ("南坑", "public")


def test_every_community_is_asked_for_in_official_order(street: Path) -> None:
    """No community is left out or named twice; month and audience are those of the call."""
    asked = run.of_all_communities(street, Request("special", DECEMBER, audience="public"))
    assert [one.community for one in asked] == [one.id for one in communities(open_current(street))]
    assert len(asked) == 12 and {(one.month, one.audience) for one in asked} == {(DECEMBER, "public")}


def test_all_communities_are_written_in_one_call(
    street: Path, tmp_path: Path, capsys: Ran, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One 专报 per community (two stand for the twelve here) under its own name; what all lack is said once."""
    monkeypatch.setattr(run, "communities", lambda warehouse: communities(warehouse)[:2])
    words = ("--all-communities", "--month", "2018-12", "--out", str(tmp_path / "社区"), "--formats", "xlsx")
    text = said(street, capsys, *words)
    files = sorted((tmp_path / "社区").iterdir())
    assert len(files) == 2 and text.startswith("已写出2份：")
    assert [line for line in text.splitlines() if "期号" in line] == ["　期号、印发日期、拟稿、审核、签发：未填写"]
    titles = {path.name.split("_")[1]: openpyxl.load_workbook(path).worksheets[0]["A1"].value for path in files}
    assert len(titles) == 2 and all(name in title for name, title in titles.items())


WRONG = {
    "unknown kind": (("--kind", "简暴", "--out", "a.docx"), ("没有“简暴”这种文件", "简报")),
    "unknown kind into a new folder": (("--kind", "简暴", "--out", "新"), ("没有“简暴”这种文件",)),
    "no kind": (("--out", "a.docx"), ("没有写明种类", "--list")),
    "no file": (("--kind", "简报"), ("没有写明写到哪里", "--out")),
    "unknown ending": (("--kind", "简报", "--out", "a.doc"), ("不能写成", ".docx")),
    "unknown form": (("--kind", "简报", "--out", "a", "--formats", "docx,wps"), ("不能写成“wps”文件",)),
    "unknown community": (("--kind", "专报", "--community", "南亢", "--out", "a.docx"), ("南坑",)),
    "unknown topic": (("--kind", "专报", "--topic", "coverage_rat", "--out", "a.docx"), ("coverage_rate",)),
    "no such month": (("--kind", "简报", "--month", "2031-01", "--out", "a.docx"), ("没有2031年1月的数据", "现有")),
    "no month at all": (("--kind", "简报", "--month", "2018-13", "--out", "a.docx"), ("月份应写成 2018-12 的样子",)),
    "quarter's end": (("--kind", "季报", "--month", "2018-11", "--out", "a.docx"), ("不能截至2018年11月", "2018年9月")),
    "no such folder": ((*BRIEF, "--out", "没有/的/文件夹.xlsx"), ("文件夹.xlsx：不能写入这个文件",)),
    "a folder that is a file": ((*BRIEF, "--out", "文件", "--formats", "xlsx"), ("不能写入这个文件",)),
    "ranks for the public": (("--kind", "情况通报", "--public", "--out", "a.docx"), ("只有内部版",)),
    "comments outside Word": ((*BRIEF, "--comments", "--out", "a.pdf"), ("批注只能加在 Word 里",)),
    "two things at once": ((*BRIEF, "--scheduled", "d"), ("--scheduled 不能和 --kind 一起用",)),
    "missing parts of one file": (
        (*BRIEF, "--accept-missing", "--out", "a.docx"),
        ("--accept-missing 只和 --scheduled",),
    ),
    "part of a topic's name": (("--kind", "专报", "--topic", "建会率", "--out", "a.docx"), ("建会率（含工联会覆盖）",)),
    "all and one": (
        ("--all-communities", "--community", "南坑", "--out", "d"),
        ("--all-communities 不能和 --community",),
    ),
    "nothing to explain": (("--explain", "没有.docx"), ("没有.docx：找不到或打不开这个文件",)),
    "no Word file": (("--explain", "文件"), ("文件",)),
    "unknown word": (("--kindd", "简报"), ("命令写得不对",)),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_be_is_one_sentence(
    name: str, street: Path, tmp_path: Path, capsys: Ran, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit 2, one Chinese sentence that says what to do, JSON where asked for, and no file."""
    words, parts = WRONG[name]
    monkeypatch.chdir(tmp_path)
    (tmp_path / "文件").write_text("x", "utf-8")
    before = sorted(path.name for path in tmp_path.iterdir())
    text = said(street, capsys, *words, code=2)
    assert text.count("\n") == 1 and all(part in text for part in parts), text
    error = ran(street, capsys, *words, code=2)["error"]
    assert error["message"] and (error["remedy"] or "？" in error["message"])
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_what_stands_there_is_not_overwritten_unasked(street: Path, tmp_path: Path, capsys: Ran) -> None:
    """The clerk's own edited copy stays; --overwrite replaces it."""
    out = tmp_path / "简报.xlsx"
    out.write_text("改过的稿子", "utf-8")
    text = said(street, capsys, *BRIEF, "--out", str(out), code=2)
    assert text == "简报.xlsx：文件已经有了，不会覆盖，请换一个文件名，或加 --overwrite 覆盖它\n"
    assert out.read_text("utf-8") == "改过的稿子"
    assert "已写出1份" in said(street, capsys, *BRIEF, "--out", str(out), "--overwrite")
    assert out.read_bytes().startswith(b"PK") and [path.name for path in tmp_path.glob(".*")] == []


def test_issue_keeps_document_and_files_in_the_history(street: Path, tmp_path: Path, capsys: Ran) -> None:
    """签发: the very bytes that were written, who did it, from which data version."""
    words = (*BRIEF, "--out", str(tmp_path / "签发"), "--formats", "docx,xlsx", "--issue")
    answer = ran(street, capsys, *words)
    [kept] = archive.issued(street)
    assert answer["issued"] == [kept.number] == [1] and kept.by == getpass.getuser()
    for path in answer["files"]:
        assert archive.file_of(kept, Path(path).suffix) == Path(path).read_bytes()
    assert "已存入历史，存档号2" in said(street, capsys, *words, "--overwrite")


@pytest.fixture(scope="module")
def corrected(sample_street: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Close December, write its Word file, then load three corrections: 29 cases become 31."""
    folder = tmp_path_factory.mktemp("corrected")
    street = folder / "street"
    shutil.copytree(sample_street, street)
    at = ("--street", str(street))
    assert cli.main(["brief", *BRIEF, "--out", str(folder / "简报.docx"), *at]) == 0
    assert cli.main(["close", "--month", "2018-12", *at]) == 0
    assert cli.main(["load", str(ROOT / "data" / "trial" / "right"), *at]) == 0
    return {"street": street, "file": folder / "简报.docx", "folder": folder}


def received(answer: dict[str, Any]) -> str:
    """Return how many cases of December a document tells in its tables."""
    wanted = {"aspect": "cell", "metric": "disputes_received", "month": "2018-12", "period": "month"}
    [text] = [
        fact["text"]
        for fact in answer["documents"][0]["facts"]
        if wanted.items() <= fact.items() and "where" not in fact
    ]
    return str(text)


def _is_corrected(fact: dict[str, Any]) -> bool:
    wanted = {"aspect": "corrected", "metric": "disputes_received", "period": "month"}
    return wanted.items() <= fact.items() and "where" not in fact


def test_a_closed_month_prints_its_closed_numbers(corrected: dict[str, Any], tmp_path: Path, capsys: Ran) -> None:
    """定稿: the file says 29 after the load and when it was closed; opened again, it says 31 from the newer data."""
    street = corrected["street"]
    answer = ran(street, capsys, *BRIEF, "--out", str(tmp_path / "定稿.xlsx"))
    assert (received(answer), answer["documents"][0]["generation_no"]) == ("29宗", 1)
    assert answer["documents"][0]["closed_on"]
    [told] = [fact["text"] for fact in answer["documents"][0]["facts"] if _is_corrected(fact)]
    assert told == "全街道2018年12月受理劳资纠纷定稿数29宗，现为31宗"
    later = ran(street, capsys, "--month", "2018-12", "--revised", verb="close")
    [one] = [one for one in later["revised"] if one["sentence"] == told]
    assert (one["was"]["value"], one["now"]["value"], len(one["why"])) == (29, 31, 1) and later["is_closed"]
    assert "定稿后更正" in said(street, capsys, "--month", "2018-12", "--revised", verb="close")
    public = ran(street, capsys, *BRIEF, "--public", "--out", str(tmp_path / "对外.xlsx"))
    assert not any(fact["aspect"] == "corrected" for fact in public["documents"][0]["facts"])
    twice = ran(street, capsys, "--month", "2018-12", verb="close", code=2)["error"]
    assert "已于" in twice["message"]
    assert said(street, capsys, "--month", "2018-12", "--undo", verb="close") == "2018年12月已取消定稿\n"
    answer = ran(street, capsys, *BRIEF, "--out", str(tmp_path / "重开.xlsx"))
    assert (received(answer), answer["documents"][0]["generation_no"]) == ("31宗", 2)
    again = ran(street, capsys, "--month", "2018-12", verb="close")
    assert (again["is_closed"], again["generation_no"]) == (True, 2)
    ran(street, capsys, "--month", "2018-12", "--undo", verb="close")


def test_close_says_what_it_means_and_needs_a_month(street: Path, capsys: Ran) -> None:
    """People are told which data version holds; a month without data or not closed is one sentence."""
    text = said(street, capsys, "--month", "2018-12", verb="close")
    assert text.startswith("2018年12月已定稿，数据版本") and "不改变本月文件中的数字" in text
    assert "没有2031年1月的数据" in said(street, capsys, "--month", "2031-01", verb="close", code=2)
    assert "还没有定稿" in said(street, capsys, "--month", "2018-11", "--undo", verb="close", code=2)
    assert "命令写得不对" in said(street, capsys, verb="close", code=2)


def test_explain_says_where_numbers_come_from_and_which_differ_now(corrected: dict[str, Any], capsys: Ran) -> None:
    """Written before the corrections: the cases of December were 29 and are 31 now; what is unchanged is not marked."""
    words = ("--explain", str(corrected["file"]))
    answer = ran(corrected["street"], capsys, *words)
    assert (answer["generation_no"], answer["current_no"], answer["is_current"]) == (1, 2, False)
    changed = [row for row in answer["rows"] if row["is_changed"]]
    assert {"29宗": "31宗"}.items() <= {row["then"]: row["now"] for row in changed}.items()
    assert 0 < len(changed) < len(answer["rows"]) and not any(row["is_edited_in_file"] for row in answer["rows"])
    text = said(corrected["street"], capsys, *words)
    assert "按数据版本1写成，现在是数据版本2" in text.splitlines()[0]
    [line] = [line for line in text.splitlines() if line.startswith("29宗") and "2018年12月，全街道" in line][:1]
    assert line.endswith("现在是31宗")
    assert text.splitlines()[-1] == f"共{len(answer['rows'])}个数字，{len(changed)}个现在不同，0个在文件里改过"


def test_only_a_file_of_others_is_read_in_a_bounded_child() -> None:
    """`brief --explain` reads what somebody sends; the other forms of `brief` read nothing but the street."""
    assert _reads_files(["brief", "--explain", "a.docx"]) and _reads_files(["brief", "--json", "--explain=a.docx"])
    assert not _reads_files(["brief", "--kind", "简报"]) and not _reads_files([]) and _reads_files(["load", "a.xlsx"])


def test_comments_are_in_word_on_request(street: Path, tmp_path: Path, capsys: Ran) -> None:
    """--comments: Word's own comments, one for every number; without it none."""
    counts = []
    for words in ((), ("--comments",)):
        out = tmp_path / f"{len(words)}.docx"
        answer = ran(street, capsys, *BRIEF, *words, "--out", str(out))
        with zipfile.ZipFile(out) as parts:
            said_there = "word/comments.xml" in parts.namelist() and parts.read("word/comments.xml").decode()
            counts.append((said_there or "").count("<w:comment "))
    assert counts[0] == 0 and counts[1] == len(answer["documents"][0]["facts"])


def test_sources_can_be_left_out(street: Path, tmp_path: Path, capsys: Ran) -> None:
    """附：数据来源 is there unless --no-sources says otherwise."""
    for words, is_there in (((), True), (("--no-sources",), False)):
        out = tmp_path / f"{is_there}.xlsx"
        ran(street, capsys, *BRIEF, *words, "--out", str(out))
        assert ("数据来源" in openpyxl.load_workbook(io.BytesIO(out.read_bytes())).sheetnames) is is_there
