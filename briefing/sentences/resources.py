"""服务、阵地、队伍与制度、集体合同与经费: what the resources of the year went into, from ledgers that a street may or may not keep."""

from __future__ import annotations

from gettext import gettext as _

from briefing.model import Text
from briefing.sentences.links import SERVICES, STAFF, sentence
from briefing.sentences.scope import Scope, Told
from briefing.told import joined, told
from metrics import phrases
from metrics.periods import month_text
from metrics.reports import is_sent, report_states

SPENDING, USED, TIMES = "service_spending_yuan", "service_budget_used_rate", "service_person_times"
HEARINGS = "hearings_held"


def resources(scope: Scope) -> list[list[Told]]:
    """Return the sentences, one paragraph each; nothing of a ledger that was never sent."""
    found = [services(scope), facilities(scope), staff(scope), rules(scope), contracts(scope), dues(scope)]
    return [told for told in found if told]


def has(scope: Scope, *ledgers: str) -> bool:
    """Return whether the street keeps these ledgers at all."""
    return all(is_sent(scope.source.warehouse, ledger) for ledger in ledgers)


def _none(scope: Scope, metric: str, ledger: str, period: str | None = None) -> list[Told]:
    """Return a hole only where the ledger was owed for this very month: nobody misses what was not yet kept."""
    states = report_states(scope.source.warehouse, scope.month, ledger)
    is_owed = any(state.is_due for state in states if scope.community in ("", state.community_id))
    return [scope.missing(metric, period)] if is_owed else []


def _name(scope: Scope) -> str:
    return scope.name if scope.community else ""


def services(scope: Scope) -> list[Told]:
    """Say how many services since January reached whom, what they cost, and how far the budget is used."""
    if not has(scope, "service"):
        return []
    parts = told(
        _("{name}{months}开展服务活动{n}，各场惠及人数合计{persons}，服务{times}{left_out}{spent}。"),
        name=_name(scope),
        months=phrases.so_far_text(scope.month),
        n=scope.fact("value", "service_activities", period="ytd"),
        persons=scope.fact("value", "service_persons", period="ytd"),
        times=scope.fact("value", TIMES, period="ytd"),
        left_out=scope.optional(_("（{names}）"), names=scope.left_out(TIMES, "ytd")),
        spent=scope.optional(
            _("；支出{yuan}{used}"), yuan=scope.fact("ten_thousand", SPENDING, period="ytd"), used=used(scope)
        ),
    )
    if parts is None:
        return _none(scope, TIMES, "service", "ytd")
    return [sentence(scope, f"resources:{TIMES}", parts, SERVICES, part="services")]


def used(scope: Scope) -> Text:
    """Return ，预算254.0万元已使用78.6%（街道经费89.7%、…）; () where no budget is known, and of one community."""
    if scope.community or not has(scope, "budget"):
        return ()
    return scope.optional(
        _("，列有预算的资金来源预算{budget}，已使用{share}{each}"),
        budget=scope.fact("ten_thousand", "service_budget_yuan"),
        share=scope.fact("value", USED),
        each=scope.optional(_("（{each}）"), each=scope.fact("each", USED, "funding_source")),
    )


def facilities(scope: Scope) -> list[Told]:
    """Say how many homes and stations there are, their area, and how many workers are near one."""
    if not has(scope, "facility"):
        return []
    parts = told(
        _("{name}{month}末在用阵地{n}{area}{near}。"),
        name=_name(scope),
        month=month_text(scope.month),
        n=scope.fact("value", "facilities"),
        area=scope.optional(
            _("，写明面积的共{area}{each}"),
            area=scope.fact("value", "facility_area_m2"),
            each=scope.optional(_("，每千名职工{per}"), per=scope.fact("value", "facility_area_per_1000_workers")),
        ),
        near=scope.optional(
            _("；有坐标的企业里，职工在阵地五百米内（直线距离）的占{share}"),
            share=scope.fact("value", "workers_within_500m_rate"),
        ),
    )
    if parts is None:
        return _none(scope, "facilities", "facility")
    return [sentence(scope, "resources:facilities", parts, SERVICES, part="facilities")]


def staff(scope: Scope) -> list[Told]:
    """Say how many work for the unions, of which kinds, and for how many workers and enterprises each."""
    if not has(scope, "staff"):
        return []
    parts = told(
        _("{name}{month}末工会工作人员{n}{kinds}{per}。"),
        name=_name(scope),
        month=month_text(scope.month),
        n=scope.fact("value", "staff"),
        kinds=scope.optional(_("（{kinds}）"), kinds=scope.fact("each", "staff", "staff_kind")),
        per=scope.optional(
            _("，每千名职工{per}，平均每人联系企业{firms}"),
            per=scope.fact("value", "staff_per_1000_workers"),
            firms=scope.fact("value", "enterprises_per_staff"),
        ),
    )
    if parts is None:
        return _none(scope, "staff", "staff")
    return [sentence(scope, "resources:staff", parts, STAFF, part="staff")]


def rules(scope: Scope) -> list[Told]:
    """Say how many rules are in force, and how the party committee's hearings stand against their plan."""
    in_force = scope.fact("value", "rules_in_force") if has(scope, "rule") else None
    parts = joined([_rules_text(scope, in_force), hearings(scope)], "；")
    part = "rules" if in_force else "meetings"
    return [sentence(scope, "resources:rules", (*parts, "。"), STAFF, part=part)] if parts else []


def _rules_text(scope: Scope, in_force: object) -> Text:
    if in_force is None:
        return ()
    return scope.optional(_("{name}在执行制度{n}"), name=_name(scope), n=scope.fact("value", "rules_in_force"))


def hearings(scope: Scope) -> Text:
    """Return 党工委听取工会工作汇报：年度计划听取4次，已听取3次，建议下次安排：11月; () where nothing is planned or known."""
    if not has(scope, "meeting"):
        return ()
    who = _("社区党委") if scope.community else _("党工委")
    return scope.optional(
        _("{who}听取工会工作汇报：{plan}"), who=who, plan=scope.fact("hearing_plan", HEARINGS, period="ytd")
    )


def contracts(scope: Scope) -> list[Told]:
    """Say which shares of the enterprises with a union have which collective contracts."""
    if not has(scope, "contract"):
        return []
    parts = told(
        _("{name}集体合同建制率{all}，工资专项{wage}，女职工专项{female}。"),
        name=_name(scope),
        all=scope.fact("row", "collective_contract_rate"),
        wage=scope.fact("value", "wage_contract_rate"),
        female=scope.fact("value", "female_contract_rate"),
    )
    if parts is None:
        return _none(scope, "collective_contract_rate", "contract")
    return [sentence(scope, "resources:contracts", parts, STAFF, part="contracts")]


def dues(scope: Scope) -> list[Told]:
    """Say what of the unions' dues was owed and paid since January, of those that say both; in the house alone."""
    if scope.is_public or not has(scope, "dues"):
        return []
    rate = "dues_paid_rate"
    parts = told(
        _("{name}{months}工会经费应拨、实拨都写明的单位，应拨{due}、实拨{paid}，拨缴率{rate}{left_out}。"),
        name=_name(scope),
        months=phrases.so_far_text(scope.month),
        due=scope.fact("ten_thousand", rate, "below", "ytd"),
        paid=scope.fact("ten_thousand", rate, "above", "ytd"),
        rate=scope.fact("value", rate, period="ytd"),
        left_out=scope.optional(_("（{names}）"), names=scope.left_out(rate, "ytd")),
    )
    if parts is None:
        return _none(scope, rate, "dues", "ytd")
    return [sentence(scope, "resources:dues", parts, STAFF, part="dues")]
