"""Which coordinate system a text names: 经度（GCJ-02）, 坐标系：CGCS2000, 百度经度."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

CACHED = 1024
NAMES = {
    "gcj02": r"gcj-?_?0?2|火星坐标系?|火星|高德(?:地图)?|腾讯(?:地图)?|国测局",
    "bd09": r"bd-?_?0?9(?:ll)?|百度(?:地图)?",
    "wgs84": r"wgs-?_?(?:19)?84|gps",
    "cgcs2000": r"cgcs-?_?2000|(?:国家|中国)?2000(?:国家)?(?:大地)?坐标系?|国家2000|大地2000",
}
ANY = "|".join(NAMES.values())
MARK = re.compile(rf"\((?:{ANY})(?:坐标系?|经纬度)?\)|[_/-]?(?:{ANY})(?:坐标系?|经纬度)?[_/-]?")
LINE = re.compile(r"坐标(?:系统?|系类型|类型|基准)?(?:名称)?(?:[:为]|采用|是)\s*([^\s,;。)]+)")


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


@lru_cache(CACHED)
def find_crs(text: str) -> str | None:
    """Return the one coordinate system that a text names (ids as in etl/instructions), None for none or several."""
    folded = re.sub(r"\s+", "", _folded(text))
    found = [name for name, pattern in NAMES.items() if re.search(pattern, folded)]
    return found[0] if len(found) == 1 else None


def crs_line(title: str) -> str | None:
    """Return what a title says of its coordinates (坐标系：CGCS2000 → cgcs2000), as written where it is unknown."""
    found = LINE.search(_folded(title))
    return (find_crs(found[1]) or found[1]) if found else None


@lru_cache(CACHED)
def without_crs(name: str) -> str | None:
    """Return a normalised header without the coordinate system that it names; None where it names none."""
    rest = MARK.sub("", name)
    return rest if rest != name and rest else None
