"""The values go into the cells; nothing else of the workbook is touched."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from briefing.filling.cell_value import CellValue, cell_value
from briefing.filling.found import Found
from briefing.filling.placeholders import WHOLE, replaced
from briefing.filling.spots import Spot
from briefing.filling.template import UNUSUAL, unreadable
from briefing.heads import SAMPLE_MARK

FORMULA = "="


def write_spot(spot: Spot, found: Mapping[str, Found]) -> list[CellValue]:
    """Fill one cell; return what each of its placeholders became."""
    if spot.is_whole:
        from openpyxl.styles.numbers import is_date_format

        looks = spot.cell.number_format
        value = cell_value(found[spot.placeholders[0].text], looks, bool(is_date_format(looks)))
        _set(spot.cell, value)
        return [value]
    texts = {placeholder.text: found[placeholder.text].text for placeholder in spot.placeholders}
    _set(spot.cell, _runs(spot.cell.value, texts) if isinstance(spot.cell.value, list) else replaced(spot.text, texts))
    return [texts[placeholder.text] for placeholder in spot.placeholders]


def _set(cell: Any, value: Any) -> None:
    cell.value = value
    if isinstance(value, str) and value.startswith(FORMULA):
        cell.data_type = "s"  # a text of the template that begins with = was none before either


def _runs(rich: Any, texts: Mapping[str, str]) -> Any:
    """Return a text of several fonts with its placeholders replaced, each in the font in which it begins."""
    from openpyxl.cell.rich_text import CellRichText

    whole = "".join(map(str, rich))
    spans = [(found.start(), found.end(), texts[found[0]]) for found in WHOLE.finditer(whole)]
    new, at = [], 0
    for run in rich:
        end = at + len(str(run))
        new.append(_with_text(run, _run_text(whole, at, end, spans)))
        at = end
    return CellRichText([run for run in new if str(run)])


def _run_text(whole: str, begin: int, end: int, spans: list[tuple[int, int, str]]) -> str:
    """Return what stands between two places once the spans are replaced; a span counts where it begins."""
    kept, at = [], begin
    for start, stop, text in spans:
        if start < end and stop > begin:
            kept += [whole[at:start] if start > at else "", text if start >= begin else ""]
            at = min(stop, end)
    return "".join((*kept, whole[at:end]))


def _with_text(run: Any, text: str) -> Any:
    from openpyxl.cell.rich_text import TextBlock

    return TextBlock(run.font, text) if isinstance(run, TextBlock) else text


def mark_sample(book: Any) -> None:
    """Put the sample's mark into the printed head of every sheet: invented numbers must not pass for real ones."""
    for page in book.worksheets:
        used = {"oddHeader": True, "evenHeader": page.HeaderFooter.differentOddEven,
                "firstHeader": page.HeaderFooter.differentFirst}  # fmt: skip
        for centre in (getattr(page, name).center for name, is_used in used.items() if is_used):
            centre.text = f"{centre.text}\n{SAMPLE_MARK}" if centre.text else SAMPLE_MARK


def saved(book: Any, file: str) -> bytes:
    """Return the workbook as a file; FileError where what was read cannot be written again."""
    stream = io.BytesIO()
    try:
        book.save(stream)
    except UNUSUAL as error:
        raise unreadable(file) from error
    finally:
        if book.vba_archive is not None:
            book.vba_archive.close()
    return stream.getvalue()
