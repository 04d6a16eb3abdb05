"""What the PDF of one's own result shows: texts only, a dash where something may not be seen."""

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from mockhall.exam.marking import screen_marks
from mockhall.exam.ranking import format_percentile
from mockhall.exam.topics import Finding
from mockhall.results.groups import Group
from mockhall.results.sheet import Line, Sheet
from mockhall.results.standing import Standing
from mockhall.results.verdict import TopicLine, Verdict, topic_lines, verdict
from mockhall.results.views import WORDS
from mockhall.settings import Settings
from mockhall.web.filters import clock_text, plural

DASH = "–"
_TOLD = {
    Finding.WEAK: "Work on", Finding.STRONG: "Strong", Finding.UNCLEAR: "Neither, as yet",
    Finding.FEW: "Too few questions to tell",
}  # fmt: skip


def own_data(sheet: Sheet, owner: str, now: datetime, settings: Settings) -> dict[str, Any]:
    """What templates/pdf/result.typ shows; times in the site's zone."""
    zone, said = ZoneInfo(settings.timezone), verdict(sheet)
    tables = [("Section", sheet.sections), ("Topic", sheet.topics), ("Difficulty", sheet.difficulties),
              ("Type", sheet.kinds)]  # fmt: skip
    return {
        "title": sheet.title,
        "site": settings.site_name,
        "made": _instant(now, zone),
        "owner": owner,
        "finished": _instant(sheet.attempt.finished_at, zone) if sheet.attempt.finished_at else DASH,
        "verdict": _sentence(said) if said else "",
        "stats": [*_stats(sheet), ["Time used", clock_text(sheet.time_used.total_seconds())]],
        "ledger": _ledger(sheet.overall),
        "groups": [{"title": title, "rows": [_group(each) for each in found]} for title, found in tables if found],
        "findings": [_finding(each, lines) for each, lines in topic_lines(sheet.topics).items() if lines],
        "order": sheet.attack.sentence if sheet.attack else "",
        "changes": sheet.changes.sentence if sheet.changes else "",
        "lines": [_line(each) for each in sheet.lines],
    }


def _sentence(said: Verdict) -> str:
    return " ".join(each for each in (f"{said.before}{said.figure}{said.after}", said.cost, said.advice) if each)


def _instant(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).strftime("%-d %B %Y at %H:%M %Z")


def _marks(value: Fraction | None) -> str:
    return DASH if value is None else screen_marks(value)


def _of(value: Fraction | None, most: Fraction | None) -> str:
    return _marks(value) if most is None else f"{_marks(value)} of {screen_marks(most)}"


def _stats(sheet: Sheet) -> list[list[str]]:
    overall, place = sheet.overall, sheet.standing
    found = [["Score", _of(overall.score, overall.max)], ["Rank", _rank(place)]]
    if place and place.percentile is not None:
        few = "" if place.is_enough else ", not enough data yet"
        found.append(["Percentile", f"{format_percentile(place.percentile, 1)} (n = {place.n:,}{few})"])
    if overall.right is not None and overall.answered is not None:
        found.append(["Right", f"{overall.right} of {plural(overall.answered, 'answer')}"])
    return found


def _rank(place: Standing | None) -> str:
    if place is None or place.rank is None:
        return DASH
    return f"{place.rank:,} of {place.n:,}" + ("" if place.is_ranked else ", outside the ranking")


def _ledger(overall: Group) -> list[list[str]]:
    if overall.gained is None or overall.lost is None:
        return []
    found = [["Gained", screen_marks(overall.gained)], ["Lost to negative marking", screen_marks(overall.lost)]]
    found += [["Given back by a lowest score", screen_marks(overall.lifted)]] if overall.lifted else []
    return [*found, ["Left on the table", _marks(overall.left)]]


def _group(each: Group) -> list[str]:
    right = DASH if each.right is None else f"{each.right} of {each.count}"
    return [each.title, right, _marks(each.lost), _of(each.score, each.max)]


def _finding(finding: Finding, lines: Sequence[TopicLine]) -> list[str]:
    told = ", ".join(_topic(each) for each in lines)
    return [_TOLD[finding], told]


def _topic(line: TopicLine) -> str:
    likely = "" if line.finding is Finding.FEW else f", likely {line.low} to {line.high} %"
    return f"{line.group.title} ({line.group.right} of {line.group.count}{likely})"


def _line(line: Line) -> list[str]:
    others = line.cohort.quartiles if line.cohort else None
    return [
        str(line.number), line.topic, WORDS[line.outcome] if line.outcome else DASH, _of(line.marks, line.max),
        DASH if not line.milliseconds else clock_text(line.milliseconds / 1000),
        DASH if others is None else clock_text(float(others.median)),
    ]  # fmt: skip
