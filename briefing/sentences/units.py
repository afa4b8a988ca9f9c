"""Who answers for a matter: the community's own union federation, or the street union's department."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _

from briefing.aspects.numbers import NAMED, names_text
from briefing.source import Source
from metrics.catalogue import metric_of
from metrics.scope import communities


def responsible(source: Source, community_id: str) -> str:
    """Return 南坑社区工联会; for the whole street ("") 街道总工会."""
    return responsible_for(source, [community_id]) if community_id else _("街道总工会")


def responsible_for(source: Source, community_ids: Sequence[str], most: int = NAMED) -> str:
    """Return the federations of several communities: 岗头、五和社区工联会; the first ones and 等 where there are many."""
    named = {option.id: option.title for option in communities(source.warehouse)}
    return _("{names}社区工联会").format(names=names_text([named[one] for one in community_ids], most))


def department(metric: str) -> str:
    """Return the department that owns a metric: 街道总工会组织部门."""
    return metric_of(metric).owner
