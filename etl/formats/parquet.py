"""A Parquet file as a sheet: the columns' names are its header row, every value is text."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from gettext import gettext as _
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from etl.errors import FileError
from etl.formats.bounds import MOST_FILLED, MOST_STRINGS, too_much
from etl.formats.sheet_text import SheetText, Texts

BEIJING = timezone(timedelta(hours=8))
BATCH = 5_000
PLAIN: tuple[Callable[[pa.DataType], bool], ...] = (
    pa.types.is_null, pa.types.is_boolean, pa.types.is_integer, pa.types.is_floating, pa.types.is_decimal,
    pa.types.is_temporal, pa.types.is_string, pa.types.is_large_string,
)  # fmt: skip


def parquet_sheet(data: bytes, file: str, texts: Texts) -> SheetText:
    """Return the table as a sheet whose row 1 is the header; FileError where it is damaged, nested or too much."""
    try:
        table = pq.ParquetFile(io.BytesIO(data))
        names = table.schema_arrow.names
        _check(table, file)
        rows = [list(map(str, names))]
        size = 0
        for batch in table.iter_batches(BATCH):
            size += batch.nbytes
            if size > MOST_STRINGS:
                raise too_much(file)
            columns = [[_text(value, texts) for value in _values(column)] for column in batch.columns]
            rows += map(list, zip(*columns, strict=True))
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        message = _("文件内容已损坏，无法读取")
        raise FileError(message, file=file, code="damaged", remedy=_("请重新导出或重新复制一份再导入")) from error
    return SheetText(file, Path(file).stem, rows, range(1, len(rows) + 1))


def _check(table: pq.ParquetFile, file: str) -> None:
    """Refuse a column whose cells hold more than one value, and what would fill the memory."""
    for field in table.schema_arrow:
        kind = field.type.value_type if pa.types.is_dictionary(field.type) else field.type
        if not any(is_plain(kind) for is_plain in PLAIN):
            message = _("“{column}”列的内容是嵌套的，不是文字、数字或日期").format(column=field.name)
            remedy = _("请改为每格一个值后重新导出")
            raise FileError(message, file=file, column=field.name, code="nested", remedy=remedy)
    if table.metadata.num_rows * max(table.metadata.num_columns, 1) > MOST_FILLED:
        raise too_much(file)


def _values(column: pa.Array) -> list[Any]:
    """Return a column's values; moments to the microsecond, for finer ones come as another library's class."""
    kind = column.type
    if pa.types.is_timestamp(kind):
        column = column.cast(pa.timestamp("us", kind.tz), safe=False)
    elif pa.types.is_duration(kind):
        column = column.cast(pa.duration("us"), safe=False)
    values: list[Any] = column.to_pylist()
    return values


def _text(value: Any, texts: Texts) -> str:
    """Return a cell's text; whole numbers are exact here, and a moment with a zone is told in Beijing time."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, datetime) and value.tzinfo:
        value = value.astimezone(UTC).astimezone(BEIJING).replace(tzinfo=None)
    return "" if value != value else texts[value]
