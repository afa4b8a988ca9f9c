"""Codes and names that no real enterprise bears.

Codes pass their check digits, but their registration region is 449999: Guangdong (44) has no prefecture 99 and no
county 99, so no real enterprise or union carries it. Every name contains 示例.
"""

from __future__ import annotations

from random import Random

REGION = "449999"
CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
FIRST = "云晨瑞宏嘉泰恒信达盛华景瀚凯卓铭博远新腾启润鼎佳科锦荣汇金光明智创联合众诚安欣美伟天海星辰峰悦"
SECOND = "帆峰图川源盛达成通泽宇航阳林辉捷利丰和兴业顺隆升邦德力强文雅彩韵品味诺维拓展益康健飞翔"
GRADES = "甲乙丙丁戊己庚辛壬癸"


def credit_check(body: str) -> str:
    """Return the check character of a 17-character credit code (GB 32100-2015)."""
    total = sum(CREDIT_ALPHABET.index(char) * weight for char, weight in zip(body, CREDIT_WEIGHTS, strict=True))
    return CREDIT_ALPHABET[(31 - total % 31) % 31]


def organisation_code(body: str) -> str:
    """Return the 9-character organisation code of its first eight (GB 11714)."""
    values = (int(char, 36) for char in body)
    check = 11 - sum(v * w for v, w in zip(values, (3, 7, 9, 10, 5, 8, 4, 2), strict=True)) % 11
    return body + {10: "X", 11: "0"}.get(check, str(check))


def credit_code(kind: str, organisation: str) -> str:
    """Return a unified social credit code; `kind` is 91 for enterprises, 81 for unions."""
    body = f"{kind}{REGION}{organisation}"
    return body + credit_check(body)


def licence_number(serial: int) -> str:
    """Return a 15-digit business licence number (GS 15-2006, ISO 7064 MOD 11,10)."""
    body, product = f"{REGION}{serial:08d}", 10
    for digit in body:
        product = ((product + int(digit)) % 10 or 10) * 2 % 11
    return body + str((11 - product) % 10)


def wrong_check(code: str) -> str:
    """Return the code with a check character that does not fit."""
    return code[:-1] + CREDIT_ALPHABET[(CREDIT_ALPHABET.index(code[-1]) + 7) % 31]


def has_wrong_check(code: str | None) -> bool:
    """Return whether a credit code is given and does not pass its check."""
    return code is not None and credit_check(code[:-1]) != code[-1]


def person(random: Random) -> str:
    """Return an evident placeholder for a person's name."""
    return f"示例负责人{random.choice(GRADES)}"


def phone(random: Random) -> str:
    """Return an evident placeholder for a phone number."""
    return f"199-0000-{random.randrange(10_000):04d}"


class Names:
    """Hands out enterprise names, each once."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def new(self, word: str, random: Random) -> str:
        """Return an unused name with the industry's word in it."""
        core = random.choice(FIRST) + random.choice(SECOND)
        while f"{core}{word}" in self._given:
            core += random.choice(FIRST + SECOND)
        self._given.add(f"{core}{word}")
        return f"深圳市示例{core}{word}有限公司"


def codes(number: int, is_new: bool) -> tuple[str, str, str]:
    """Return credit code, organisation code and licence number of the enterprise with that running number."""
    if is_new:  # registered after the unified code began: its organisation part starts with MA
        letters = "".join(CREDIT_ALPHABET[number * 7919 // 31**power % 31] for power in range(4))
        body = f"MA{number % 100:02d}{letters}"
    else:
        body = f"{(number * 104_729 + 20_000_003) % 90_000_000 + 10_000_000:08d}"
    organisation = organisation_code(body)
    return credit_code("91", organisation), organisation, licence_number(number * 13 + 1_000_000)
