"""Who is within reach and where a new facility would help most, in sentences: the reasons beside the map."""

from __future__ import annotations

from gettext import gettext as _

from metrics.judging.covering import Covering, Proposal
from metrics.phrases import count_text

STRAIGHT = _("直线距离，不是步行距离；按企业的位置算，不是职工的住处。")
HOW = _(
    "测算方法：在有企业的地方（把相近的企业并成格）里选点，使尚未到达的职工中新增到达的最多（最大覆盖选址）；"
    "只考虑距离和职工人数，场地、租金、企业意愿等请另行踏勘。"
)


def radius_text(radius: int) -> str:
    """Return 500米 or 1,000米."""
    return _("{n}米").format(n=f"{radius:,}")


def reached_text(found: Covering) -> str:
    """Return who is reached today, in one sentence, and what could not be judged."""
    if not found.placed and found.pointless:
        return _("{n}处在用阵地都没有经纬度，不能测算企业到阵地的距离。").format(n=count_text(found.pointless))
    if not found.enterprises:
        return _("企业台账没有经纬度，不能测算到阵地的距离。")
    if found.share is None:
        return _("有经纬度的企业没有职工人数，不能测算。")
    text = _("有经纬度的{n}家企业共{all}名职工，其中{near}名（{share}%）所在企业的{radius}内有在用阵地。").format(
        n=count_text(found.enterprises), all=count_text(found.workers), near=count_text(found.reached),
        share=f"{found.share * 100:.1f}", radius=radius_text(found.radius),
    )  # fmt: skip
    return text + left_out_text(found)


def left_out_text(found: Covering) -> str:
    """Return what the distances leave out; "" where nothing is."""
    text = ""
    if found.placeless:
        text += _("另有{n}家企业没有经纬度或职工人数，不计。").format(n=count_text(found.placeless))
    if found.homeless:
        text += _("社区不详的{n}家企业不在辖区企业数内，也不计。").format(n=count_text(found.homeless))
    if found.pointless:
        text += _("全街道有{n}处在用阵地没有经纬度，没有算进来。").format(n=count_text(found.pointless))
    return text


def proposal_text(proposal: Proposal, number: int, radius: int) -> str:
    """Return one proposal with its reasons."""
    places = _("、").join(proposal.communities)
    text = _("建议点{number}（{places}社区）：{radius}内可新增到达职工{workers}人、企业{n}家").format(
        number=number, places=places, radius=radius_text(radius), workers=count_text(proposal.workers), n=count_text(proposal.enterprises)
    )  # fmt: skip
    if proposal.nearest is None or proposal.nearest_m is None:
        return text + _("；现在没有别的阵地。")
    return text + _("；最近的现有阵地是{name}，直线{metres}米。").format(
        name=proposal.nearest, metres=count_text(round(proposal.nearest_m, -1))
    )


def proposals_text(found: Covering) -> str:
    """Return what all proposals together would change."""
    if found.share is None or found.share_after is None:
        return reached_text(found)
    radius = radius_text(found.radius)
    if found.reached == found.workers:
        return _("有经纬度的企业{radius}内都有在用阵地，不需要为距离新增。").format(radius=radius)
    if not found.proposals:
        return _("没有能新增到达的点。")
    text = _("新增{n}处，{radius}内的职工由{before}%升到{after}%，新增{gained}人。").format(
        n=len(found.proposals), radius=radius, before=f"{found.share * 100:.1f}", after=f"{found.share_after * 100:.1f}",
        gained=count_text(found.gained),
    )  # fmt: skip
    if len(found.proposals) < found.asked:
        text += _("再多的点不会新增到达的职工。")
    return text
