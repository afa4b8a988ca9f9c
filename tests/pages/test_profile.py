"""社区概况 through app.py: 南坑 as the article tells it, each number the metric's, what was never sent said once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from etl import intake
from metrics.catalogue import catalogue
from metrics.warehouse import open_current
from pages.parts.profile.export import frame
from pages.parts.profile.sections import DISPUTES, LEFT, PLACES, RIGHT, RULES, TO_DO
from pages.parts.profile.view import View
from tests.pages.opening import opened
from tests.pages_walk import shown
from tests.workbooks import enterprise_row, register

DECEMBER, NANKENG = date(2018, 12, 1), "440307013020"
TOLD = (
    "3.61平方公里", "约31,000人", "2,174人", "227家", "约10,200人", "96.0%**（227家中218家）", "单独建会42家，工联会覆盖176家",
    "9,525人", "约93.4%**（10,200人中9,525人）", "分母为约数", "16宗", "“和解”计入调解成功", "1,450平方米", "职工关爱帮扶中心",
    "劳务工心理咨询室等", "10项", "综合党委听取工会工作汇报制度", "5项名称未公布", "另5项未填落实状态", "工会志愿者", "全国模范职工之家", "源头治理劳资纠纷试验区",
    "星河雅宝", "南坑社区数据取自公开报道，报道未注明统计时点，示例按2018年12月处理",
)  # fmt: skip


def test_nankeng_as_the_article_tells_it(sample_street: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the first community shown; what the article says stands on one page, without ranks or persons."""
    monkeypatch.setenv("UNION_ATLAS_STREET", str(sample_street))
    app = opened("profile")
    texts = "\n".join(shown(app))
    assert [text for text in TOLD if text not in texts] == []
    assert "社区概况　南坑社区" in texts and "未落实0项" not in texts
    near = next(text for text in texts.splitlines() if "阵地500米内职工占比" in text or "全街道84.9%" in text)
    assert "阵地500米内职工占比" not in near or "偏高" not in near
    assert not any(word in texts for word in ("名次", "初庆", "古凤绮", "还没有导入"))
    numbers = [element for element in app.markdown if "**" in element.value and "明细与来源" in str(element.help)]
    assert len(numbers) > 40, "every number leads to its rows"


def test_every_number_of_the_file_is_the_metrics(sample_street: Path) -> None:
    """The file holds what the page holds, beside the street's, and nothing that no metric says."""
    view = View(open_current(sample_street), DECEMBER, NANKENG)
    table = frame(view)
    facts = [fact for section in (*LEFT, *RIGHT) for fact in section.facts]
    assert table.height == len(facts) and table["value"].null_count() == 0
    assert {fact.metric for fact in facts} | {one.metric for one in TO_DO} <= set(catalogue())
    [coverage] = table.filter(table["title"] == "建会率（含工联会覆盖）").to_dicts()
    assert coverage["value"] == "96.0%（227家中218家）" and coverage["known"] == "1/1"


def test_what_was_never_sent_is_said_once_and_is_no_zero(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A street with one register of enterprises sees its numbers, one sentence per section, and no 0."""
    street = tmp_path / "street"
    intake.load([register(tmp_path / "一.xlsx", [enterprise_row(1), enterprise_row(2)])], street)
    monkeypatch.setenv("UNION_ATLAS_STREET", str(street))
    for page in ("profile", "parks"):
        app = opened(page, community="南坑")
        texts = [element.value for element in (*app.markdown, *app.caption, *app.info)]
        if page == "profile":
            said = [text for text in texts if text.startswith("还没有导入：")]
            assert len(said) >= 4 and any("劳资纠纷台账" in text for text in said)
            assert any("辖区企业数　**2家**" in text for text in texts)
            never = {fact.metric for section in (DISPUTES, PLACES, RULES) for fact in section.facts}
            titles = tuple(catalogue()[metric].title for metric in never)
            assert not any("**" in text and title in text for text in texts for title in titles)
        else:
            assert any("没有写明所属园区" in text for text in texts) and not app.dataframe and not app.metric
