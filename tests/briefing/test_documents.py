"""A walk over documents of every kind: what is printed is what `metrics` answers, and nothing else bears a digit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from briefing.aspects import fact
from briefing.compose import compose_from
from briefing.model import Chart, Document, Fact, Paragraph, Table, plain
from briefing.request import Request
from briefing.source import Source
from metrics import phrases
from metrics.catalogue import catalogue
from metrics.values import ask
from metrics.warehouse import open_current
from tests.briefing.requests import name_of, requests

# 2018年12月31日, 2018年6月末, 2017年10月—2018年9月, 1—12月, 3月以来, 12月28日, 2018年第四季度: dates, not numbers.
DATES = re.compile(r"(\d{4}年)?(\d{1,2}(—\d{1,2})?月)(\d{1,2}日)?|\d{4}年")
NAMES_OF_ENTERPRISES = re.compile(r"有限公司|股份公司|（深圳）")
JUDGED = ("偏高", "偏低", "异动", "第一档", "大致第")
VALUES = {"cell": "value", "bare": "value", "value": "value", "above": "numerator", "numerator": "numerator",
          "below": "denominator", "denominator": "denominator"}  # fmt: skip


def _said(document: Document) -> Iterator[str]:
    """Yield all that a person reads in sentences, tables and charts."""
    for section in document.sections:
        yield section.title
        for block in section.blocks:
            if isinstance(block, Paragraph):
                yield from (sentence.text + sentence.unit for sentence in block.sentences)
            elif isinstance(block, Table):
                yield from (block.title, *block.notes, *(plain(cell) for row in block.rows for cell in row))
                yield from (column.title for column in block.columns)
            else:
                yield from (block.title, block.alt, *block.notes)


def _without_known(text: str) -> str:
    """Return a literal without dates and without the titles of metrics, which may hold digits (25人以上企业)."""
    for metric in catalogue().values():
        text = text.replace(metric.title, "")
    return DATES.sub("", text)


def _literals(document: Document) -> Iterator[str]:
    """Yield what the program itself wrote between the numbers; definitions are the metrics' own words."""
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, Paragraph):
                yield from (p for s in block.sentences for p in s.parts if isinstance(p, str) and s.edit is None)
            elif isinstance(block, Table) and block.id != "meanings":
                yield from (part for row in block.rows for cell in row for part in cell if isinstance(part, str))
                yield from (block.title, *(column.title for column in block.columns))
                yield from (note for note in block.notes if not note.startswith("数据版本"))


def _first_number(text: str) -> Decimal | None:
    found = re.search(r"-?[\d,]+(\.\d+)?", text)
    return None if found is None else Decimal(found[0].replace(",", ""))


def _check_value(source: Source, found: Fact) -> None:
    """Hold a printed value against the row that `metrics.values` gives, rounded here."""
    answer = ask(source.warehouse, found.origin.question)
    row = answer.row
    value = getattr(row, VALUES[found.origin.aspect])
    if value is None:
        assert row.value is None and not re.search(r"\d", found.text.replace("不足5", "")), found
        return
    is_share = answer.metric.is_percentage and VALUES[found.origin.aspect] == "value"
    printed = _first_number(found.text)
    assert printed is not None and ("%" in found.text) == is_share, found
    decimals = -int(printed.as_tuple().exponent)
    assert printed == phrases.rounded(value * (100 if is_share else 1), decimals), found
    assert ("约" in found.text) == row.approximate or VALUES[found.origin.aspect] == "denominator", found


def _check_facts(source: Source, document: Document) -> None:
    for found in document.facts():
        assert found.origin.audience == document.audience
        again = fact(source, found.origin)
        assert again is not None and again.text == found.text, found
        if found.origin.aspect in VALUES:
            _check_value(source, found)


def _check_charts(source: Source, document: Document) -> None:
    for chart in document.charts():
        assert isinstance(chart, Chart) and chart.title and chart.alt
        assert chart.mark == ("示例数据　非真实情况" if document.is_sample else "")
        for series in chart.series:
            assert len(series.values) == len(series.texts)
            shown = [v for v, t in zip(series.values, series.texts, strict=True) if re.search(r"\d", t)]
            assert None not in shown, (chart.id, series.title)
            last = ask(source.warehouse, series.origin.question) if series.origin.of == "" else None
            if last is not None and last.row.value is not None:
                assert last.row.value in series.values


def _check_public(document: Document) -> None:
    text = "\n".join(_said(document))
    assert document.head.internal_mark == "" and "对外版" in document.file_name(".docx")
    assert [word for word in JUDGED if word in text] == []
    assert not {"attention", "assigned", "proposals", "district_ranks", "ranking", "peers"} & {
        section.id for section in document.sections
    }
    assert all(mark not in text for mark in ("责任单位", "工联会责任"))


@pytest.mark.parametrize("request_", requests(), ids=name_of)
def test_a_document_prints_what_metrics_answers_and_nothing_else(sample_street: Path, request_: Request) -> None:
    """Every fact again from its origin; no digit that no one answers for; one id a sentence; marks as they must be."""
    source = Source(open_current(sample_street), sample_street, request_.audience)
    document = compose_from(source, request_)
    left = [literal for literal in _literals(document) if re.search(r"\d", _without_known(literal))]
    assert left == []
    _check_facts(source, document)
    _check_charts(source, document)
    text = "\n".join(_said(document))
    assert "{" not in text and "。。" not in text and "None" not in text
    assert "秘密" not in text + document.head.internal_mark and "机密" not in text
    assert not NAMES_OF_ENTERPRISES.search(text)
    assert document.head.sample_mark == "示例数据　非真实情况"
    ids = [
        s.id for section in document.sections for b in section.blocks if isinstance(b, Paragraph) for s in b.sentences
    ]
    assert len(ids) == len(set(ids))
    tables = [table.id for table in document.tables()]
    assert len(tables) == len(set(tables))
    for table in document.tables():
        assert {len(row) for row in table.rows} == {len(table.columns)}, table.id
    if request_.audience == "public":
        _check_public(document)
    else:
        assert document.head.internal_mark == "内部资料　注意保存"
