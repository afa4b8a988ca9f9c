"""Why two communities are comparable, in words: only what is true of the two numbers that stand beside it."""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _

from metrics.phrases import count_text, rounded

SAME_COUNT = 1.25  # numbers of enterprises up to this factor apart are 相近
SAME_SHARE = 0.05  # shares up to this far apart are 相近


@dataclass(frozen=True)
class Profile:
    """A community's enterprises: how many, and how many of each known size, industry and ownership (by its title)."""

    id: str
    enterprises: float
    mixes: dict[str, dict[str, float]]


def _share(profile: Profile, name: str, code: str) -> float | None:
    total = sum(profile.mixes[name].values())
    return profile.mixes[name].get(code, 0.0) / total if total else None


def _percent(share: float) -> str:
    return f"{rounded(share * 100, 0)}%"


def _shares_text(own: Profile, other: Profile, name: str, template: str) -> str:
    """Return that the share of the own community's largest group is alike, "" where it is not."""
    if not any(own.mixes[name].values()):
        return ""
    code = max(own.mixes[name], key=lambda title: own.mixes[name][title])
    ours, theirs = _share(own, name, code), _share(other, name, code)
    if ours is None or theirs is None or abs(ours - theirs) > SAME_SHARE:
        return ""
    return template.format(code=code, own=_percent(ours), other=_percent(theirs))


def reasons(own: Profile, other: Profile) -> str:
    """Return in what two communities are alike, the own number first: 企业数相近（186家／201家），制造业占比相近（…）."""
    size = {"own": count_text(own.enterprises), "other": count_text(other.enterprises)}
    low, high = sorted((own.enterprises, other.enterprises))
    found = [_("企业数相近（{own}家／{other}家）").format(**size)] if high <= low * SAME_COUNT else []
    alike = _("{code}占比相近（{own}／{other}）")
    sized = _("{code}企业占比相近（{own}／{other}）")
    templates = {"industry": alike, "size_band": sized, "ownership": alike}
    found += [_shares_text(own, other, name, template) for name, template in templates.items()]
    text = "，".join(filter(None, found))
    return text or _("各项都有差别，综合起来最接近（企业数{own}家／{other}家）").format(**size)
