"""LibreOffice with the program's own fonts and no others: the same pages on every computer.

An office has 仿宋 and 小标宋; a computer that runs tests has not. Here data/fonts stand in for them, as in the PDF.
"""

from __future__ import annotations

from pathlib import Path

FONTS = Path(__file__).resolve().parents[2] / "data" / "fonts"
SERIF, SANS = "Noto Serif CJK SC", "Noto Sans CJK SC"
STANDS_FOR = {
    "仿宋_GB2312": (SERIF, "regular"),
    "楷体_GB2312": (SERIF, "regular"),
    "宋体": (SERIF, "regular"),
    "Times New Roman": (SERIF, "regular"),
    "方正小标宋简体": (SERIF, "bold"),
    "黑体": (SANS, "regular"),
    "微软雅黑": (SANS, "regular"),
}
ONE = """<match target="pattern"><test name="family"><string>{wanted}</string></test>
<edit name="family" mode="assign" binding="same"><string>{given}</string></edit>
<edit name="weight" mode="assign"><const>{weight}</const></edit></match>"""


def fontconfig(folder: Path) -> Path:
    """Write the configuration (for FONTCONFIG_FILE) that knows only data/fonts."""
    stand_ins = "\n".join(ONE.format(wanted=name, given=font, weight=w) for name, (font, w) in STANDS_FOR.items())
    written = folder / "fonts.conf"
    written.write_text(
        f'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>{FONTS}</dir>'
        f"<cachedir>{folder / 'cache'}</cachedir>{stand_ins}</fontconfig>",
        "utf-8",
    )
    return written
