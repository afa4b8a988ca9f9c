"""Documents of the sample street as PDF: every number and sentence is in the file, the 简报 fits its two pages."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from briefing.compose import compose
from briefing.model import Document, plain
from briefing.request import Request
from briefing.writers import pdf
from metrics.question import Audience
from tests.briefing.reading_pdf import flow, text, titles

DECEMBER = date(2018, 12, 1)
PRINTED = (
    Request("简报", DECEMBER),
    Request("专报", DECEMBER, community="第五园"),
    Request("月报", DECEMBER, audience="public"),
    Request("年度总结", DECEMBER),
)


def _bare(said: str) -> str:
    """Return a text without spaces and footnotes' marks, which stand between its words."""
    return re.sub(r"[①-⑳\s]", "", said)


@pytest.mark.parametrize(
    "request_", PRINTED, ids=lambda request: f"{request.kind}{request.community}{request.audience}"
)
def test_every_sentence_and_cell_is_printed(sample_street: Path, request_: Request) -> None:
    """What the document says is what the file says, digit by digit; no character is missing from the fonts."""
    document = compose(sample_street, request_)
    content = pdf.pdf(document)
    found = _bare(flow(content))
    for said in {_bare(plain(parts)) for parts in document.texts()}:
        assert said in found
    for fact in document.facts():
        assert _bare(fact.text) in found
    for note in document.footnotes:
        assert _bare(note) in _bare(text(content))
    assert not [notice for notice in pdf.pdf_notices(document) if "字体" in notice]
    assert [title[0] for title in titles(content)] == [
        *"一二三四五六七八九"[: sum(not section.is_annex for section in document.sections)],
        *("附" for section in document.sections if section.is_annex),
    ]


def _with_full_head(document: Document) -> Document:
    return replace(document, head=replace(document.head, issue_no="第12期", issued_on="2019年1月5日"))


@pytest.mark.parametrize("audience", ["internal", "public"])
@pytest.mark.parametrize("month", [2, 6, 9, 12])
def test_a_briefing_fits_one_sheet(sample_street: Path, month: int, audience: Audience) -> None:
    """A leader reads two pages: the body of every month's 简报 ends on the second."""
    document = _with_full_head(compose(sample_street, Request("简报", date(2018, month, 1), audience=audience)))
    assert pdf.body_pages(document) <= 2
    assert pdf.pdf_notices(document) == []
