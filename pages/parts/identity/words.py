"""Words of 企业核对: what was recognised by itself, and two enterprises beside each other. No Streamlit."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _

from metrics.judging.identity import IdentityPair, Merged, Side
from pages.parts.header import date_text
from pages.parts.issuing.markup import escaped

OF_OTHERS = "event_code"  # a code that only another ledger writes: no key of a register


def merged_text(merged: Sequence[Merged]) -> str:
    """Return how many older or weaker keys of the registers were put to their enterprise, and by what."""
    own = [one for one in merged if one.how != OF_OTHERS]
    if not own:
        return _("名册里没有发现同一家企业用过几个代码或名称的情况。")
    parts = "，".join(_("{how}{n}个").format(how=one.how_title, n=f"{one.keys:,}") for one in own)
    total = f"{sum(one.keys for one in own):,}"
    return _("各期名册里的曾用代码、旧名称等{total}个已对到现在的企业：{parts}。").format(total=total, parts=parts)


def pair_title(pair: IdentityPair) -> str:
    """Return the line of a pair: both names, and why it is shown or what was decided."""
    names = [escaped(side.name) for side in (pair.left, pair.right)]
    text = names[0] if names[0] == names[1] else " ↔ ".join(names)
    said = pair.why_title if pair.state == "open" else pair.state_title
    return _("**{names}**　{said}").format(names=text, said=said)


def side_text(title: str, side: Side) -> str:
    """Return what the registers say of one of the two: name, codes, address, community, when it was listed."""
    none = _("没有写")
    facts = (
        (_("名称"), side.name),
        (_("代码"), side.codes or none),
        (_("地址"), side.address or none),
        (_("社区"), side.community or _("待核实")),
        (_("在册"), _listed_text(side)),
    )
    lines = "\n".join(f"- {name}：{escaped(text)}" for name, text in facts)
    return f"**{title}**\n{lines}"


def _listed_text(side: Side) -> str:
    if not (side.first_on and side.last_on):
        return _("名册里已没有")
    if side.first_on == side.last_on:
        return date_text(side.first_on)
    return _("{first}至{last}").format(first=date_text(side.first_on), last=date_text(side.last_on))
