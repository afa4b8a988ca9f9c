"""What no generated sentence may say, whatever the numbers are."""

from __future__ import annotations

import re

from briefing.model import Sentence, plain
from metrics.catalogue import catalogue

NEVER = (
    r"(增长|增加|减少|上升|下降|提高|降低)[－＋+-]",  # 增长-3%: the verb has the sign
    r"(增加|减少|提高|降低)0(\.0+)?(?![\d.])",  # 增加0宗, 提高0.0个百分点 are 持平
    r"(上升|下降)0(\.0+)?%",
    r"[。；，、：]{2}|（）|[（]，|[，；：]。|^[，；]",  # a piece that was left out leaves no scar
    r"[{}]|None|nan|inf",
    r"\d%(?=[家人宗])|个百分点[家人宗%]",
    r"(比|与)(上月|年初|上年同期)(?!.{0,4}(提高|降低|增加|减少|持平))",
    r"(?<=\d)[0-9]{3}(?=[家人宗])(?<=\d{4})",  # 1234家 is 1,234家
)
COUNTED = re.compile(r"(增加|减少)[\d,.]+(?![\d,.]|家|人|宗|起|件|个|份|条)")
PERIODS = re.compile(r"\d{4}年|\d{1,2}(—\d{1,2})?月")


def faults(sentence: Sentence) -> list[str]:
    """Return what is wrong with a sentence, as its reader or its checker would see it."""
    text = sentence.text
    found = [pattern for pattern in NEVER if re.search(pattern, text)]
    found += ["no measure word"] if COUNTED.search(text) else []
    found += ["no full stop"] if not text.endswith("。") or text.count("。") > 2 else []
    found += ["a number that is no fact"] if re.search(r"\d", literals(sentence)) else []
    return found


def literals(sentence: Sentence) -> str:
    """Return a sentence without its facts, its periods and the names of metrics, one of which has a number in it."""
    text = plain(tuple(part for part in sentence.parts if isinstance(part, str)))
    for metric in catalogue().values():
        text = text.replace(metric.title, "")
    return PERIODS.sub("", text)
