"""Communities against the street, the goal and the calendar. None of it in a public version but who is compared at all."""

from __future__ import annotations

from dataclasses import replace
from gettext import gettext as _

from briefing.aspects.numbers import answer, names_text
from briefing.model import Origin
from briefing.source import Source
from metrics import goals, phrases
from metrics.goals import Standing
from metrics.judging import giant_words
from metrics.judging.compare import Compared, compare
from metrics.judging.compare_words import CLASS_TEXTS
from metrics.judging.giants import giants
from metrics.question import Answer, Row

LOW = {name: CLASS_TEXTS[name] for name in ("much_lower", "lower")}
Lacking = tuple[Row, Standing]


def name_of(row: Row) -> str:
    """Return a row's community."""
    return row.keys["community"] or ""


def by_community(source: Source, origin: Origin) -> Answer:
    """Return an origin's question asked of each community in its scope."""
    return source.answer(replace(origin.question, by=("community",)))


def classes(source: Source, origin: Origin) -> dict[str, Compared]:
    """Return each community's place against the whole street."""
    found = compare(source.warehouse, replace(origin.question, audience=source.audience))
    return {row.keys["community_id"] or "": row for row in found.rows}


def _only(source: Source, origin: Origin) -> Compared | None:
    """Return the place of the one community asked for; None for several and in a public version."""
    if source.audience == "public" or "community" not in dict(origin.where):
        return None
    found = [*classes(source, origin).values()]
    return found[0] if len(found) == 1 else None


def place(source: Source, origin: Origin) -> str | None:
    """与全街道相比偏低: a community's class; 数量过少，不作比较 where it is too small, None where it is not judged."""
    found = _only(source, origin)
    if found is None or not found.known or found.is_suppressed:
        return None
    if found.too_few:
        return _("数量过少，不作比较")
    if found.funnel is None:
        return None
    if found.funnel == "similar":
        return _("与全街道相差不大")
    return _("与全街道相比{place}").format(place=CLASS_TEXTS[found.funnel])


def without_giant(source: Source, origin: Origin) -> str | None:
    """剔除最大企业后89.7%（该企业占本社区职工的48%）; None where no enterprise is so large, and in a public version."""
    wanted = dict(origin.where).get("community", ())
    if source.audience == "public" or len(wanted) != 1:
        return None
    others = tuple(entry for entry in origin.where if entry[0] != "community")
    found = giants(source.warehouse, replace(origin.question, by=("community",), where=others)).get(wanted[0])
    return giant_words.giant_text(answer(source, origin).metric, found, source.decimals) if found else None


def lacking_rows(source: Source, origin: Origin) -> list[Lacking]:
    """Return the communities that have not reached the street's goal; the low ones come first."""
    rows = by_community(source, origin).rows
    standings = ((row, goals.standing(source.warehouse, origin.metric, row)) for row in rows)
    found = [(row, standing) for row, standing in standings if standing and not standing.is_met]
    placed = classes(source, origin)
    order = [*LOW, None]
    return sorted(found, key=lambda one: order.index(_low_class(placed, one[0])))


def _low_class(placed: dict[str, Compared], row: Row) -> str | None:
    found = placed[row.keys["community_id"] or ""].funnel
    return found if found in LOW else None


def lacking(source: Source, origin: Origin) -> str | None:
    """3个: how many communities have not reached the goal; None where none lacks it."""
    found = lacking_rows(source, origin)
    return _("{n}个").format(n=len(found)) if found else None


def _low_text(found: dict[str, str | None]) -> str:
    """Return 第五园明显偏低，五和偏低; "" where nobody is low."""
    named = ((text, [name for name, place in found.items() if place == low]) for low, text in LOW.items())
    return "，".join(names_text(names) + text for text, names in named if names)


def lacking_placed(source: Source, origin: Origin) -> str | None:
    """其中岗头明显偏低，其余与全街道相差不大: those who lack the goal against the street, so far as they are compared.

    With `of` low only the low ones are told.
    """
    places = classes(source, origin)
    found = {name_of(row): places[row.keys["community_id"] or ""].funnel for row, _s in lacking_rows(source, origin)}
    low, others = _low_text(found), [place for place in found.values() if place not in LOW]
    is_rest_similar = set(others) == {"similar"} and origin.of != "low"
    if not low:
        return _("与全街道均相差不大") if is_rest_similar else None
    text = _("其中{low}").format(low=low)
    return text + _("，其余与全街道相差不大") if is_rest_similar else text


def low(source: Source, origin: Origin) -> str | None:
    """第五园明显偏低，五和偏低: who is low against the street; None where nobody is, and in a public version."""
    if source.audience == "public":
        return None
    return _low_text({name_of(row): row.funnel for row in classes(source, origin).values()}) or None


def low_ids(source: Source, origin: Origin) -> list[str]:
    """Return the ids of the communities that are low against the street, the lowest class first."""
    placed = classes(source, origin)
    return [community for low_class in LOW for community, row in placed.items() if row.funnel == low_class]


def behind_rows(source: Source, origin: Origin) -> list[Row]:
    """Return the communities whose year's progress is behind the calendar."""
    share = phrases.schedule_share(origin.month)
    return [row for row in by_community(source, origin).rows if row.value is not None and row.value < share]


def behind(source: Source, origin: Origin) -> str | None:
    """3个: how many communities are behind the calendar; None where none is."""
    found = behind_rows(source, origin)
    return _("{n}个").format(n=len(found)) if found else None


def behind_names(source: Source, origin: Origin) -> str | None:
    """岗头、五和: the communities behind the calendar."""
    return names_text([name_of(row) for row in behind_rows(source, origin)]) or None
