"""Writes mutants: the same numbers, the same files."""

from __future__ import annotations

import random
import struct
import zipfile
import zlib
from pathlib import Path

from tests.fuzz.mutations import MUTATIONS, bomb
from tests.fuzz.originals import ORIGINALS, TEXTS, WORKBOOKS

# what the mutating libraries say when an earlier mutation left them nothing to open
CANNOT = (ValueError, KeyError, OSError, NotImplementedError, IndexError, SyntaxError, AttributeError, TypeError, EOFError,
          zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error)  # fmt: skip


def _family(original: str) -> str:
    if original in WORKBOOKS:
        return "workbook"
    return "text" if original in TEXTS else "zip" if original == "zip" else "binary"


def write_mutant(number: int, folder: Path) -> Path:
    """Write mutant `number`: an original, spoilt one to three times; some get another format's suffix."""
    chance = random.Random(number)
    names = [*ORIGINALS, "register", "disputes", "rich", "csv"]  # what clerks send most is spoilt most
    original = names[number % len(names)]
    suffix, make = ORIGINALS[original]
    data = make(folder, chance)
    done = []
    for turn in range(chance.choice([1, 1, 2, 3])):
        mutation = chance.choice(MUTATIONS[_family(original)])
        try:
            data = mutation(chance, data)
        except CANNOT as error:
            if turn == 0:  # a second mutation may find nothing left that it can open
                raise AssertionError(f"{mutation.__name__} cannot spoil {original}") from error
            break
        done.append(mutation.__name__)
        if mutation is bomb:  # nothing after it opens so much again
            break
    if chance.random() < 0.1:
        suffix = chance.choice([".xlsx", ".xls", ".csv", ".tsv", ".parquet", ".zip", ".et"])
    path = folder / f"{number:04d}-{original}-{'-'.join(done)}-2018年12月{suffix}"
    path.write_bytes(data)
    return path
