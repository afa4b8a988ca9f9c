"""What a request means: ids for names, a month the kind can end with, and what it cannot be asked."""

from __future__ import annotations

from dataclasses import replace
from gettext import gettext as _

from briefing.kinds import Kind, kind_of
from briefing.request import Request
from etl.errors import QuestionError
from metrics import scope
from metrics.catalogue import metric_of
from metrics.periods import month_text, shift
from metrics.warehouse import Warehouse

HOUSE_TOPICS = {"hazards", "warnings"}


def resolved(warehouse: Warehouse, request: Request) -> Request:
    """Return the request with ids and a month; QuestionError says what is wrong and what there is instead."""
    kind = kind_of(request.kind)
    _check_audience(kind, request)
    topic = metric_of(request.topic).id if request.topic else ""
    _check_topic(topic, request)
    community = _community(warehouse, request.community)
    _check_scope(kind, community, topic)
    month = request.month or kind.newest_end(scope.default_month(warehouse))
    scope.check_month(warehouse, month)
    if not kind.ends_with(month):
        raise _bad_month(warehouse, kind, request)
    return replace(request, kind=kind.id, month=month, community=community, topic=topic)


def _community(warehouse: Warehouse, text: str) -> str:
    if not text:
        return ""
    found = scope.resolve(warehouse, "community", text)
    if found is None:
        raise QuestionError(_("不详的企业不成一个社区。"), remedy=_("请写社区名称"), code="unknown_value")
    return found


def _check_audience(kind: Kind, request: Request) -> None:
    if request.audience not in kind.audiences:
        message = _("{kind}列名次，只有内部版。").format(kind=kind.name)
        raise QuestionError(message, remedy=_("对外请用简报"), code="internal_only")


def _check_topic(topic: str, request: Request) -> None:
    """Refuse a public document on what stays in the house: hazards, levels, what is overdue."""
    if request.audience != "public" or not topic:
        return
    metric = metric_of(topic)
    if metric.topic in HOUSE_TOPICS or metric.unit == "deadline" or topic == "disputes_overdue":
        message = _("“{title}”只有内部版。").format(title=metric.title)
        raise QuestionError(message, remedy=_("对外请换一个专题"), code="internal_only")


def _check_scope(kind: Kind, community: str, topic: str) -> None:
    """Refuse what the kind does not speak of: 专报 needs one community or one topic, the others know no topic."""
    if (asked := "community" if community else "topic" if topic else "street") in kind.scopes and not (
        community and topic
    ):
        return
    if "topic" in kind.scopes:
        message = _("{kind}写一个社区或一个专题。").format(kind=kind.name)
        raise QuestionError(message, remedy=_("请写明社区，或写明专题（一个指标），不要都写"), code="bad_scope")
    what = _("社区") if asked == "community" else _("专题")
    message = _("{kind}不分{what}。").format(kind=kind.name, what=what)
    raise QuestionError(message, remedy=_("请用专报"), code="bad_scope")


def _bad_month(warehouse: Warehouse, kind: Kind, request: Request) -> QuestionError:
    assert request.month is not None, "the default month is one the kind can end with"
    months = scope.months(warehouse)
    after = (shift(request.month, step) for step in range(12))
    near = [kind.newest_end(request.month), next(month for month in after if kind.ends_with(month))]
    offered = "、".join(month_text(month) for month in near if month in months)
    message = _("{kind}不能截至{month}。").format(kind=kind.name, month=month_text(request.month))
    return QuestionError(message, remedy=_("可选{months}").format(months=offered or _("别的月份")), code="bad_month")
