"""Clean values made into the cells that clerks type."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from random import Random

from etl.sample.sheets import Cell

FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
NOTHING: tuple[Cell, ...] = (None, None, 0, 0, "—", "无", "/")
DIGITS = "零一二三四五六七八九"


def chinese_number(number: int) -> str:
    """Return a number below 100 in Chinese numerals."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else f"{DIGITS[tens]}十"
    return head + (DIGITS[ones] if ones or not tens else "")


def approximate(number: int, random: Random) -> str:
    """Return an approximate number's text; every form stands for that very number."""
    forms = ("约{}人", "约{}", "{}余人", "{}多人", "近{}人", "{}左右")
    return random.choice(forms).format(number)


def odd_number(number: int, random: Random) -> Cell:
    """Return an exact number typed in a way that a plain conversion would not read."""
    forms: list[Cell] = [f"{number}人", str(number).translate(FULL_WIDTH), f" {number} ", f"{number:,}"]
    if number < 100:
        forms.append(chinese_number(number))
    return random.choice(forms)


def count(number: int, random: Random, is_approx: bool = False, odds: float = 0.03) -> Cell:
    """Return a count as a cell: mostly a number, sometimes an oddly typed one, 约 where said."""
    if is_approx:
        return approximate(number, random)
    return odd_number(number, random) if random.random() < odds else number


DAY_FORMS: dict[str, Callable[[date], Cell]] = {
    "cell": lambda day: day,
    "serial": lambda day: (day - date(1899, 12, 30)).days,
    "iso": lambda day: day.isoformat(),
    "slash": lambda day: f"{day.year}/{day.month}/{day.day}",
    "dots": lambda day: f"{day.year}.{day.month:02d}.{day.day:02d}",
    "compact": lambda day: f"{day.year}{day.month:02d}{day.day:02d}",
    "chinese": lambda day: f"{day.year}年{day.month}月{day.day}日",
    "time": lambda day: f"{day.isoformat()} 15:30",
}


def day_text(day: date, style: str) -> Cell:
    """Return a date in one of the forms above: a real date cell, a serial number, or text."""
    return DAY_FORMS[style](day)


def month_text(day: date, random: Random) -> str:
    """Return only year and month of a date, as text."""
    return random.choice((f"{day.year}年{day.month}月", f"{day.year}-{day.month:02d}", f"{day.year}{day.month:02d}"))


def day_cell(day: date, style: str, random: Random) -> Cell:
    """Return a date in the sheet's own style, now and then in another one."""
    odd = random.random() < 0.04
    return day_text(day, random.choice(("iso", "slash", "dots", "chinese", "compact")) if odd else style)


def money(yuan: int, in_ten_thousands: bool, random: Random) -> Cell:
    """Return an amount under a header in 元 or 万元; sometimes with its own unit, which then goes before."""
    if random.random() < 0.05:
        return random.choice((f"{yuan}元", f"￥{yuan:,}.00", f"{yuan / 10_000:.2f}万元"))
    return round(yuan / 10_000, 2) if in_ten_thousands else yuan


def code(text: str | None, random: Random) -> str | None:
    """Return a registration code, rarely in small letters, with blanks or with Excel's apostrophe kept."""
    if text is None or random.random() < 0.98:
        return text
    return random.choice((text.lower(), f"{text[:8]} {text[8:]}", f"'{text}"))


def enterprise_name(name: str, random: Random) -> str:
    """Return an enterprise's name, rarely with blanks or a longer legal form."""
    if random.random() < 0.985:
        return name
    return random.choice((f" {name}", name.replace("示例", "示例 "), name.replace("有限公司", "有限责任公司")))
