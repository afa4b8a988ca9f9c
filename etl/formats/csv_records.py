"""The records of a CSV and the physical lines where they begin."""

from __future__ import annotations

import csv
import io


class UnreadableRecord(Exception):
    """A record whose quotes do not pair; `line` is where it begins."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def delimiter(text: str) -> str:
    """Return the delimiter that the first lines use most (a comma where none is in them)."""
    start = "\n".join(text.split("\n", 20)[:20])
    return max(",;\t", key=start.count)


def records(text: str) -> tuple[list[list[str]], list[int]]:
    """Return the records and their lines; a quoted cell may hold line breaks, a blank line is a record too."""
    sign = delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign)
    rows, starts, line = [], [], 1
    try:
        for record in reader:
            rows.append(record)
            starts.append(line)
            line = reader.line_num + 1
    except csv.Error as error:
        raise UnreadableRecord(line) from error
    if rows and '"' in text and _is_open(text, starts[-1], sign):
        raise UnreadableRecord(starts[-1])
    return rows, starts


def _is_open(text: str, line: int, sign: str) -> bool:
    """Return whether the record that begins here is never closed: its quote has swallowed all rows below it."""
    last = list(io.StringIO(text, newline=""))[line - 1 :]
    try:
        list(csv.reader(last, delimiter=sign, strict=True))
    except csv.Error as error:
        return "unexpected end" in str(error)  # its other complaints (5"管) are read as they stand
    return False
