"""How each community writes its enterprise register: headers, order, words, dates, format."""

from __future__ import annotations

from dataclasses import dataclass

STATUS_WORDS = {
    "deregistered": "注销", "revoked": "吊销", "moved_out": "迁出", "shell": "空壳", "closed_temporarily": "停业",
}  # fmt: skip
UNION_WORDS = {
    "plain": {"own": "单独建会", "joint": "联合建会", "federation": "工联会覆盖", "preparing": "筹建中", "none": "未建会"},
    "short": {"own": "单独建会", "joint": "联合建会", "federation": "工联会覆盖", "preparing": "筹建", "none": "未建"},
}  # fmt: skip
INDUSTRY_WORDS = {
    "A": "农、林、牧、渔业", "C": "制造业", "E": "建筑业", "F": "批发和零售业", "G": "交通运输、仓储和邮政业", "H": "住宿和餐饮业",
    "I": "信息传输、软件和信息技术服务业", "J": "金融业", "K": "房地产业", "L": "租赁和商务服务业", "M": "科学研究和技术服务业",
    "O": "居民服务、修理和其他服务业", "P": "教育", "Q": "卫生和社会工作", "R": "文化、体育和娱乐业",
}  # fmt: skip
OWNERSHIP_WORDS = {
    "private": "私营企业", "limited": "有限责任公司", "joint_stock": "股份有限公司", "hmt": "港澳台商投资企业", "foreign": "外商投资企业",
    "self_employed": "个体工商户", "state": "国有企业",
}  # fmt: skip
OLD_CODE_HEADERS = (("org_code", "组织机构代码"), ("reg_no", "营业执照注册号"))


@dataclass(frozen=True)
class Style:
    """One way of keeping the enterprise register; `columns` are (canonical id or '' for none, header)."""

    columns: tuple[tuple[str, str], ...]
    operating: str
    dates: str
    unions: str = "plain"
    industry_letters: bool = False
    groups: tuple[tuple[str, int], ...] = ()
    second_title: str = ""
    total: str = "合计"
    is_page_broken: bool = False
    notes: tuple[str, ...] = ()
    signature: tuple[str, ...] = ()


def _columns(text: str) -> tuple[tuple[str, str], ...]:
    pairs = (part.replace("⏎", "\n").split("=") for part in text.split())
    return tuple((column if column != "-" else "", header) for column, header in pairs)


SIGNATURE = ("填表人：示例填表人", "审核人：示例审核人", "填报日期：2019年1月8日")
STYLES = {
    "full": Style(
        _columns(
            "-=序号 name=企业名称 uscc=统一社会信用代码 status=经营状态 address=经营地址 park=所属园区 lon=经度 lat=纬度 industry=所属行业 "
            "ownership=登记注册类型 founded_date=成立日期 legal_person=法定代表人 phone=联系电话 workers=职工人数 female_workers=女职工数 "
            "members=会员人数 is_above_scale=规上企业 union_status=建会状态 union_name=所属工会 union_formed_date=建会日期 remark=备注"
        ),
        "存续", "cell", second_title="填报单位（盖章）：{unit}社区工会联合会　　　截至{y}年{m}月{d}日　　　单位：人　　　坐标系：WGS84",
        notes=("注：职工人数为自报数，含劳务派遣人员。",), signature=SIGNATURE,
    ),
    "short": Style(
        _columns(
            "-=序号 name=单位名称 uscc=社会信用代码 status=经营状态 address=单位地址 industry=行业类型 ownership=单位性质 contact=联系人 "
            "phone=联系方式 workers=员工人数 members=会员数 is_above_scale=是否规上 union_status=建会情况 union_formed_date=建会时间"
        ),
        "正常", "dots", unions="short", total="共{n}家企业", notes=("说明：本表由社区工联会填报。",), signature=SIGNATURE[:1],
    ),
    "grouped": Style(
        _columns(
            "-=序号 name=企业名称 uscc=信用代码 status=经营状态 address=办公地址 industry=所属行业 founded_date=成立时间 workers=职工总数 "
            "female_workers=女职工人数 union_status=建会状态 members=会员总数 union_formed_date=建会日期 union_name=所属工会 "
            "is_above_scale=规上 contact=联系人 phone=联系电话"
        ),
        "在营", "chinese",
        groups=(("", 1), ("企业基本信息", 6), ("用工情况", 2), ("工会信息", 4), ("", 1), ("联系方式", 2)),
        second_title="填报单位：{unit}社区　　　数据截至：{y}-{m:02d}-{d:02d}", total="合　计", signature=SIGNATURE,
    ),
    "licence": Style(
        _columns(
            "-=序号 name=公司名称 uscc=统一代码 status=经营状态 address=注册地址 lon=经度（WGS84） lat=纬度（WGS84） industry=主营行业 ownership=企业类型 "
            "founded_date=成立日期 legal_person=法定代表人 workers=从业人数 members=在册会员 is_above_scale=规上企业 union_status=建会状态 "
            "union_name=所属工会 union_formed_date=组建时间 remark=备注"
        ),
        "开业", "slash", total="合计{n}家", is_page_broken=True, notes=("注：空白处为企业未提供。", "备注：停业企业仍计入。"),
    ),
    "street": Style(
        _columns(
            "-=序号 name=企业名称 uscc=统一社会信用代码 status=经营状态 address=详细地址 park=所属园区 industry=行业代码 ownership=登记注册类型 "
            "founded_date=成立日期 contact=联系人 phone=联系电话 workers=职工数（人） female_workers=女职工数（人） members=会员数（人） "
            "is_above_scale=规上 union_status=建会状态 union_name=所属工会 union_formed_date=建会日期"
        ),
        "存续", "iso", industry_letters=True, second_title="数据截至：{y}-{m:02d}-{d:02d}", signature=SIGNATURE[:2],
    ),
    "csv": Style(
        _columns(
            "-=序号 name=单位名称 uscc=统一社会信用代码 status=状态 address=地址 lon=经度（WGS84） lat=纬度（WGS84） industry=所属行业 founded_date=成立日期 "
            "legal_person=法定代表人 phone=电话 workers=职工人数⏎(人) members=会员人数 is_above_scale=规上企业 union_status=建会状态 "
            "union_name=所属工会 union_formed_date=工会成立日期"
        ),
        "在册", "slash", notes=("注：本表数据由杨美社区工会联合会提供。",),
    ),
    "utf8": Style(
        _columns(
            "-=No. name=企业名称 uscc=统一社会信用代码 status=经营状态 address=经营地址 industry=行业 workers=职工数 members=会员数 "
            "is_above_scale=规上 union_status=建会状态 union_formed_date=建会日期 contact=联系人 phone=手机"
        ),
        "存续", "iso",
    ),
    "shared": Style(
        _columns(
            "-=序号 community=所属社区 name=企业名称 uscc=统一社会信用代码 status=经营状态 address=单位地址 park=所属园区 lon=经度（WGS84） lat=纬度（WGS84） "
            "industry=所属行业 ownership=登记类型 founded_date=成立日期 legal_person=法定代表人 phone=联系电话 workers=职工人数 "
            "female_workers=女职工数 members=会员人数 is_above_scale=规上企业 union_status=建会状态 union_name=所属工会 "
            "union_formed_date=建会日期 remark=备注"
        ),
        "存续", "serial", second_title="填报单位：坂田街道总工会　　　数据截至{y}年{m}月{d}日", signature=SIGNATURE,
    ),
}  # fmt: skip
COMMUNITY_STYLES = {
    "岗头": "street", "马安堂": "street", "五和": "street", "坂田": "street", "四季花城": "short", "第五园": "grouped",
    "南坑": "full", "大发埔": "licence", "杨美": "csv", "万科城": "utf8", "象角塘": "shared", "新雪": "shared",
}  # fmt: skip
