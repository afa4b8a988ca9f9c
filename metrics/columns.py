"""The columns a metric's SELECT may return, and which of them are dimensions."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dimension:
    """A way to cut a metric: its column in the SELECT, its code list and what a row without a code is called."""

    id: str
    column: str
    title: str
    codes: str
    unknown: str = "不详"


@dataclass(frozen=True, slots=True)
class Column:
    """A column that is shown in the rows behind a number; `codes` is the list that turns codes into titles."""

    title: str
    codes: str | None = None


MONTH = "month"

DIMENSIONS = {
    dimension.id: dimension
    for dimension in (
        Dimension("community", "community_id", "社区", "community", "待核实"),
        Dimension("park", "park_id", "园区", "park", "园区外或不详"),
        Dimension("industry", "industry", "行业", "industry"),
        Dimension("size_band", "size_band", "职工人数", "size_band"),
        Dimension("ownership", "ownership", "登记类型", "ownership"),
        Dimension("union_status", "union_status", "建会状态", "union_status"),
        Dimension("cause", "cause", "纠纷类型（案由）", "cause"),
        Dimension("channel", "channel", "来源渠道", "channel"),
        Dimension("outcome", "outcome", "办理结果", "outcome", "在办"),
        Dimension("group_band", "group_band", "涉及人数分组", "group_band"),
        Dimension("sign", "sign", "隐患表征", "hazard_sign"),
        Dimension("informant_kind", "informant_kind", "信息员类别", "informant_kind"),
        Dimension("level", "level", "风险等级", "warning_level", "未定级"),
        Dimension("item", "item", "事项类型", "online_item"),
        Dimension("result", "result", "办理成果", "online_result", "未写明或尚未办结"),
        Dimension("online_channel", "online_channel", "申请渠道", "online_channel"),
        Dimension("contract_kind", "contract_kind", "合同类别", "contract_kind"),
        Dimension("honour_level", "honour_level", "级别", "honour_level"),
        Dimension("facility_kind", "facility_kind", "阵地类型", "facility_kind"),
        Dimension("service_kind", "service_kind", "服务项目", "service_kind", "不分项目或不详"),
        Dimension("funding_source", "funding_source", "资金来源", "funding_source"),
        Dimension("hardship_tier", "hardship_tier", "困难类别", "hardship_tier"),
        Dimension("staff_kind", "staff_kind", "岗位类别", "staff_kind"),
        Dimension("rule_kind", "rule_kind", "制度类别", "rule_kind", "未分类"),
        Dimension("meeting_kind", "meeting_kind", "会议类型", "meeting_kind"),
        Dimension("checklist", "checklist", "清单", "checklist"),
        Dimension("not_formed_reason", "not_formed_reason", "未建会原因", "not_formed_reason", "未填写"),
    )
}

# What every SELECT returns: the shape that values.py relies on.
REQUIRED = (
    "unit_id",
    "unit_name",
    "community_id",
    "month",
    "value",
    "is_approximate",
    "load_id",
    "file",
    "sheet",
    "row",
)

COLUMNS = {
    "unit_id": Column("编号"),
    "unit_name": Column("名称"),
    "community_id": Column("社区", "community"),
    "month": Column("月份"),
    "park_id": Column("园区", "park"),
    "industry": Column("行业", "industry"),
    "size_band": Column("职工人数分组", "size_band"),
    "ownership": Column("登记类型", "ownership"),
    "union_status": Column("建会状态", "union_status"),
    "cause": Column("纠纷类型（案由）", "cause"),
    "causes": Column("全部案由", "cause"),
    "channel": Column("来源渠道", "channel"),
    "outcome": Column("办理结果", "outcome"),
    "received_date": Column("受理日期"),
    "closed_date": Column("办结日期"),
    "workers_involved": Column("涉及职工人数"),
    "group_band": Column("涉及人数分组", "group_band"),
    "amount_claimed_yuan": Column("诉求金额（元）"),
    "amount_agreed_yuan": Column("协议金额（元）"),
    "amount_paid_yuan": Column("已兑现金额（元）"),
    "sign": Column("隐患表征", "hazard_sign"),
    "signs": Column("全部表征", "hazard_sign"),
    "urgency": Column("紧急程度", "urgency"),
    "first_report_id": Column("首报线索编号"),
    "same_reason_text": Column("关联理由"),
    "lead_days": Column("线索提前天数"),
    "informant_kind": Column("信息员类别", "informant_kind"),
    "reported_date": Column("报告日期"),
    "warned_date": Column("预警日期"),
    "verified_date": Column("核实日期"),
    "verify_result": Column("核实结果", "verify_result"),
    "level": Column("风险等级", "warning_level"),
    "resolved_date": Column("化解日期"),
    "case_no": Column("案件编号"),
    "reward_standard": Column("奖励标准"),
    "reward_due_yuan": Column("应发奖励（元）"),
    "reward_paid_yuan": Column("实发奖励（元）"),
    "paid_date": Column("发放日期"),
    "item": Column("事项类型", "online_item"),
    "applied_date": Column("申请日期"),
    "online_channel": Column("申请渠道", "online_channel"),
    "promised_date": Column("承诺办结日"),
    "status": Column("办理状态", "online_status"),
    "satisfaction": Column("满意度", "satisfaction"),
    "result": Column("办理成果", "online_result"),
    "linked_no": Column("关联编号"),
    "facility_kind": Column("阵地类型", "facility_kind"),
    "facility_tier": Column("等级", "facility_tier"),
    "facility_status": Column("阵地状态", "facility_status"),
    "star": Column("星级"),
    "area_m2": Column("面积（平方米）"),
    "visits": Column("本年累计服务人次"),
    "built_date": Column("建成日期"),
    "union_name": Column("所属工会"),
    "nearest_facility": Column("最近的阵地"),
    "distance_m": Column("直线距离（米）"),
    "service_kind": Column("服务项目", "service_kind"),
    "funding_source": Column("资金来源", "funding_source"),
    "service_date": Column("活动日期"),
    "organiser": Column("主办工会"),
    "persons": Column("惠及人数"),
    "person_times": Column("服务人次"),
    "spending_yuan": Column("支出金额（元）"),
    "hardship_tier": Column("困难类别", "hardship_tier"),
    "score": Column("风险评分"),
    "step": Column("办理环节", "case_step"),
    "words": Column("办理期限"),
    "started_on": Column("起算日期"),
    "due_on": Column("到期日期"),
    "met_on": Column("完成日期"),
    "formed_date": Column("建会日期"),
    "uscc": Column("统一社会信用代码"),
    "address": Column("经营地址"),
    "not_formed_reason": Column("未建会原因", "not_formed_reason"),
    "planned_for": Column("计划建会时间"),
    "is_workers_approx": Column("职工数为约数"),
    "staff_kind": Column("岗位类别", "staff_kind"),
    "position": Column("职务", "union_position"),
    "rule_kind": Column("制度类别", "rule_kind"),
    "union_level": Column("层级", "union_level"),
    "implementation": Column("落实情况", "implementation"),
    "document_no": Column("文号"),
    "basis": Column("依据文件"),
    "effective_date": Column("施行日期"),
    "repealed_date": Column("废止日期"),
    "meeting_kind": Column("会议类型", "meeting_kind"),
    "held_date": Column("召开日期"),
    "body": Column("召集单位"),
    "attendees": Column("参会人数"),
    "checklist": Column("清单", "checklist"),
    "enterprise": Column("企业"),
    "checked_date": Column("检查日期"),
    "workers": Column("职工数"),
    "members": Column("会员数"),
    "lon": Column("经度"),
    "lat": Column("纬度"),
    "located_by": Column("定位依据"),
    "contract_kind": Column("合同类别", "contract_kind"),
    "contract_scope": Column("签订层级", "contract_scope"),
    "signed_date": Column("签订日期"),
    "term_start": Column("起始日期"),
    "term_end": Column("到期日期"),
    "honour_level": Column("级别", "honour_level"),
    "recipient": Column("获奖单位"),
    "awarded_by": Column("授予单位"),
    "awarded_date": Column("授予日期"),
    "union_type": Column("工会类型", "union_type"),
    "committee_members": Column("委员数"),
    "lacking": Column("缺少"),
    "women_committee": Column("女职工委员会"),
    "paid_on": Column("拨缴日期"),
    "lump_from": Column("合计自"),
    "lump_to": Column("合计至"),
    "value": Column("计入数值"),
    "base": Column("计入分母"),
    "is_approximate": Column("约数"),
    "load_id": Column("导入批次"),
    "file": Column("文件"),
    "sheet": Column("工作表"),
    "row": Column("行"),
}
