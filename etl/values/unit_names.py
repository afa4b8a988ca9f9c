"""Names of units with a person's behind: 「南坑社区工联会 赵四」 is 南坑社区工联会; the person goes no further."""

from __future__ import annotations

import re

UNIT = "公司|集团|厂|店|会|委|街道|镇|社区|村|园|城|中心|站|所|局|办|部|科|处|室|队|组|班|院|校|家|基地|车间|大厦|行|馆|社|场|厅|岗"
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石"
    "廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝"
)
PLACES = ("江西", "江苏", "安徽", "龙岗", "龙华", "黄埔")  # 「某厂（江西）」 names no person
GAP = r"[\s、,，:：;；/（(\-—]*"
NAME = rf"(?:(?:欧阳|司徒|司马|上官|诸葛)[一-鿿]{{1,2}}|[{SURNAMES}][一-鿿]{{1,2}})(?:同志|先生|女士|老师)?[）)]?"
NAMED = re.compile(rf"(?P<unit>.*(?:{UNIT})){GAP}(?P<name>{NAME})")
BEGINNING = re.compile(rf".*(?:{UNIT})(?:（[^（）]*）)?")
ENDS = re.compile(rf".*(?:{UNIT})[）)]?")


def without_name(text: str) -> str:
    """Return a unit's name without the person's that stands behind it."""
    found = NAMED.fullmatch(text)
    if not found or ENDS.fullmatch(found["name"]) or found["name"].rstrip("）)") in PLACES:
        return text
    return found["unit"]


def unit_alone(text: str) -> str | None:
    """Return the unit's name of a text that also holds a person's number; None where there is none."""
    found = BEGINNING.match(text)
    return without_name(found[0]) if found else None
