"""Values of the result and review pages for their templates."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from mockhall.exam.analysis import Chosen
from mockhall.exam.marking import Outcome
from mockhall.exam.ranking import format_percentile
from mockhall.exam.reliability import advice
from mockhall.exam.reveal import Item
from mockhall.results import chips
from mockhall.results.forms import ItemQuery
from mockhall.results.item_report import ItemReport, OneItem, ordered
from mockhall.results.note_words import NOTE_WORDS
from mockhall.results.report import Report
from mockhall.results.review import Review, asked
from mockhall.results.sheet import Line, Sheet
from mockhall.results.standing import counted_bands
from mockhall.results.verdict import never_saved, topic_lines, verdict
from mockhall.results.what_if import NEEDED
from mockhall.web import charts, pictures
from mockhall.web.errors import iso
from mockhall.web.order_chart import Answered, order_chart

RESULTS = {Outcome.RIGHT: "right", Outcome.PARTLY: "part", Outcome.WRONG: "wrong", Outcome.BLANK: "none"}
WORDS = {
    Outcome.RIGHT: "Right", Outcome.PARTLY: "Partly right", Outcome.WRONG: "Wrong", Outcome.BLANK: "Not answered",
}  # fmt: skip
TONES = {Outcome.RIGHT: "good", Outcome.PARTLY: "warn", Outcome.WRONG: "bad", Outcome.BLANK: ""}
ICONS = {Outcome.RIGHT: "check", Outcome.PARTLY: "circle-dot", Outcome.WRONG: "x", Outcome.BLANK: "minus"}


def result_context(sheet: Sheet, now: datetime) -> dict[str, Any]:
    """What templates/results/result.html needs."""
    found = sheet.standing
    return {
        "sheet": sheet,
        "attempt": sheet.attempt,
        "overall": sheet.overall,
        "verdict": verdict(sheet),
        "never_saved": never_saved(sheet.unsaved, sheet.unsaved_marks) if sheet.unsaved else "",
        "ring": ring(sheet),
        "percentile": format_percentile(found.percentile, 1) if found and found.percentile is not None else None,
        "chart": _time_chart(sheet),
        "distribution": charts.distribution_chart(sheet.distribution) if sheet.distribution else None,
        "negatives": _negatives(sheet),
        "topics": topic_lines(sheet.topics),
        "order": _order_chart(sheet),
        "may_compare": sheet.seen >= NEEDED,
        "may_review": sheet.policy.may_review(now),
        "review_opens_at": sheet.policy.review_opens_at(now),
        "marks_open_at": sheet.policy.opens_at(Item.MARKS, now),
        "may_see_marks": Item.MARKS in sheet.seen,
        "judged_opens_at": sheet.policy.opens_at(Item.CORRECTNESS, now),
        "may_see_judged": Item.CORRECTNESS in sheet.seen,
        "words": WORDS,
    }


def ring(sheet: Sheet) -> Any:
    """The score as a picture; None where a part of it may not be seen."""
    each = sheet.overall
    if each.score is None or each.max is None or each.gained is None or each.lost is None:
        return None
    return pictures.score_ring(pictures.Ring(each.score, each.max, each.gained, -each.lost))


def _time_chart(sheet: Sheet) -> Any:
    """The chart colours each question by how it ended: without that there is the table only."""
    rows = [
        charts.TimeRow(line.number, line.milliseconds // 1000, charts.Outcome(line.outcome), *_others(line))
        for line in sheet.lines
        if line.outcome is not None and line.milliseconds is not None
    ]
    return charts.time_chart(rows) if rows and sheet.is_timed else None


def _others(line: Line) -> tuple[int | None, tuple[int, int] | None]:
    """The median and the quartiles of the others, in seconds."""
    found = line.cohort.quartiles if line.cohort else None
    return (int(found.median), (int(found.lower), int(found.upper))) if found else (None, None)


def _order_chart(sheet: Sheet) -> Any:
    """Two answers make an order. Where right and wrong may not be seen yet, all dots look alike."""
    outcomes = {line.number: line.outcome for line in sheet.lines}
    order = sheet.attack.order if sheet.attack else ()
    dots = [Answered(number, charts.Outcome(found) if (found := outcomes[number]) else None) for number in order]
    return order_chart(dots, len(sheet.lines)) if len(dots) > 1 else None


def _negatives(sheet: Sheet) -> int:
    return sum(line.counted and line.marks is not None and line.marks < 0 for line in sheet.lines)


def review_context(review: Review, now: datetime) -> dict[str, Any]:
    """What templates/results/review.html needs."""
    key_opens_at = review.policy.opens_at(Item.RIGHT_ANSWER, now)
    return {
        "review": review,
        "attempt": review.attempt,
        "chosen_words": chips.in_words(review.chosen),
        "meanings": {each.chip: chips.MEANINGS[each.chip] for each in review.offers if each.chip in chips.MEANINGS},
        "back": asked(review.chosen, review.page),
        "typed": {},
        "typed_number": 0,
        "happened": "",
        "focus": "",
        **NOTE_WORDS,
        "results": RESULTS,
        "words": WORDS,
        "tones": TONES,
        "icons": ICONS,
        "shows_key": Item.RIGHT_ANSWER in review.seen,
        "key_opens_at": key_opens_at,
        "previous": review.url(review.chosen, review.page - 1) if review.page > 1 else None,
        "next": review.url(review.chosen, review.page + 1) if review.page < review.pages else None,
    }


def not_yet(opens_at: datetime | None) -> str:
    """Why there is no review yet, for scripts."""
    when = f"open at {iso(opens_at)}" if opens_at else "have no opening time yet"
    return f"Answers and explanations {when}."


def report_context(found: Report) -> dict[str, Any]:
    """What templates/results/report.html needs."""
    chart = charts.distribution_chart(found.distribution, 180) if found.distribution else None
    return {"report": found, "states": STATES, "chart": chart}


def items_context(found: ItemReport, asked: ItemQuery) -> dict[str, Any]:
    """What templates/results/items.html needs."""
    shown = found.flagged if asked.flagged else found.items
    return {
        "report": found,
        "paper": found.paper,
        "asked": asked,
        "items": ordered(shown, asked.sort, highest_first=asked.highest_first),
        "chart": _scores(found),
        "chosen_words": CHOSEN,
        "advice": advice(found.figures.statistics.paper) if found.figures else "",
    }


def _scores(found: ItemReport) -> Any:
    """The chart of all totals; none where nobody has one."""
    if found.figures is None or not found.figures.statistics.totals or not found.figures.statistics.max:
        return None
    counted = found.figures.statistics
    bands = counted_bands(dict(counted.totals), float(counted.max or 0))
    return charts.distribution_chart(replace(bands, median=counted.paper.median), 200)


def item_context(found: OneItem, asked: ItemQuery) -> dict[str, Any]:
    """What templates/results/item.html needs."""
    return {
        "report": found.report,
        "paper": found.report.paper,
        "asked": asked,
        "line": found.line,
        "question": found.asked,
        "chosen_words": CHOSEN,
    }


CHOSEN = {
    Chosen.FIRST: "First attempts", Chosen.HIGHEST: "Highest attempts", Chosen.LAST: "Last attempts",
    Chosen.ALL: "All attempts",
}  # fmt: skip
STATES = {
    "in_progress": "Working", "overdue": "Time is up", "submitted": "Handed in", "scored": "Scored",
    "abandoned": "Not handed in", "voided": "Voided",
}  # fmt: skip
