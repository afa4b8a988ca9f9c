"""What the terminal says of briefings, as lines for people."""

from __future__ import annotations

from datetime import date
from gettext import gettext as _
from typing import Any

from metrics.closed.revised_words import day_text
from metrics.periods import month_text, parse_month

Answer = dict[str, Any]
PERIODS = {"month": _("每月"), "quarter": _("每季度"), "half_year": _("每半年"), "year": _("每年")}
SCOPES = {"street": _("全街道"), "community": _("一个社区"), "topic": _("一个专题")}


def brief_text(answer: Answer) -> str:
    """Return what one `brief` command did."""
    for key, lines in (("kinds", _kinds), ("rows", _explained), ("stopped_by", _scheduled)):
        if key in answer:
            return "\n".join(lines(answer))
    return "\n".join(_written(answer))


def _kinds(answer: Answer) -> list[str]:
    return [
        "　".join((kind["name"], kind["about"], PERIODS[kind["period"]], "、".join(SCOPES[s] for s in kind["scopes"])))
        + ("" if "public" in kind["audiences"] else _("　只有内部版"))
        for kind in answer["kinds"]
    ]


def _written(answer: Answer) -> list[str]:
    lines = [_("已写出{n}份：").format(n=len(answer["files"])), *answer["files"], *_missing(answer["documents"])]
    if answer["issued"]:
        numbers = "、".join(map(str, answer["issued"]))
        lines.append(_("已存入历史，存档号{numbers}").format(numbers=numbers))
    return lines


def _missing(documents: list[Answer], but: list[Answer] | None = None) -> list[str]:
    """Return what documents leave out, `but` for what has been said; the same of several in one line with their names."""
    said = {(stop["what"], stop["why"]) for stop in but or []}
    found = [(one, _name(document)) for document in documents for one in document["missing"]]
    lines = _grouped([pair for pair in found if (pair[0]["what"], pair[0]["why"]) not in said], len(documents))
    return [_("本期未列："), *lines] if lines else []


def _grouped(found: list[tuple[Answer, str]], count: int) -> list[str]:
    """Return each thing missing with why, and of which documents where it is not of all."""
    names: dict[str, list[str]] = {}
    for one, name in found:
        names.setdefault(f"　{one['what'].rstrip('。')}：{one['why']}", []).append(name)
    return [text if len(of) == count or of[0] in text else f"{text}（{'、'.join(of)}）" for text, of in names.items()]


def _name(document: Answer) -> str:
    return str(document["community"] or document["topic"] or document["kind"])


def _explained(answer: Answer) -> list[str]:
    """Return every number with its question, those that differ marked, then how many do."""
    if answer["is_current"]:
        data = _("按数据版本{generation_no}写成，就是现在的数据版本")
    else:
        data = _("按数据版本{generation_no}写成，现在是数据版本{current_no}")
    lines = [f"{answer['title']}　{answer['month']}　" + data.format(**answer)]
    lines += ["　".join([row["then"], row["question"], *_marks(row)]) for row in answer["rows"]]
    changed = sum(row["is_changed"] for row in answer["rows"])
    edited = sum(row["is_edited_in_file"] for row in answer["rows"])
    end = _("共{n}个数字，{changed}个现在不同，{edited}个在文件里改过")
    return [*lines, end.format(n=len(answer["rows"]), changed=changed, edited=edited)]


def _marks(row: Answer) -> list[str]:
    marks = []
    if row["is_changed"]:
        now = row["now"]
        marks.append(_("现在没有这个数") if now is None else _("现在是{now}").format(now=now))
    if row["is_edited_in_file"]:
        printed = row["printed"]
        marks.append(_("文件里改成了“{text}”").format(text=printed) if printed else _("文件里已删去"))
    return marks


def _scheduled(answer: Answer) -> list[str]:
    """Return what the monthly run wrote, or why it wrote nothing."""
    month, documents = month_text(parse_month(answer["month"])), answer["documents"]
    names = "、".join(document["kind"] for document in documents)
    lines = [_("{month}应编写：{names}").format(month=month, names=names)]
    stops = _grouped([(stop, stop["kind"]) for stop in answer["stopped_by"]], len(documents))
    if answer["is_stopped"]:
        end = _("补齐后再运行；加 --accept-missing 则不齐也写")
        return [*lines, _("材料不齐，没有写出任何文件："), *stops, end]
    lines += [_("材料不齐，仍然写出，这些文件名以“未齐”开头："), *stops] if stops else []
    lines += [_("已写出{n}份：").format(n=len(answer["files"])), *answer["files"]] if answer["files"] else []
    lines += [_("已经有了，没有重写：{path}").format(path=path) for path in answer["kept"]]
    return [*lines, *_missing(documents, answer["stopped_by"])]


def close_text(answer: Answer) -> str:
    """Return that a month was closed or opened again."""
    month = month_text(parse_month(answer["month"]))
    if not answer["is_closed"]:
        return _("{month}已取消定稿").format(month=month)
    if "revised" in answer:
        return "\n".join(_revised(answer, month))
    text = _("{month}已定稿，数据版本{generation_no}；以后的更正不改变本月文件中的数字")
    return text.format(month=month, generation_no=answer["generation_no"])


def _revised(answer: Answer, month: str) -> list[str]:
    day = day_text(date.fromisoformat(f"{answer['closed_on']}"))
    about = {"month": month, "day": day, "no": answer["generation_no"], "n": len(answer["revised"])}
    head = _("{month}于{day}定稿，数据版本{no}；定稿后更正{n}项").format(**about)
    return [head, *(f"{one['sentence']}　{'；'.join(one['why'])}" for one in answer["revised"])]
