"""The sentences on top of a result, made from its numbers: how it went, and what to do next."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from mockhall.exam.advice import Advice, Facts, Topic, advise
from mockhall.exam.marking import screen_marks
from mockhall.exam.reveal import Item
from mockhall.exam.topics import Finding, finding, interval
from mockhall.results.groups import Group
from mockhall.results.sheet import Sheet
from mockhall.web.filters import plural


@dataclass(frozen=True)
class Verdict:
    """`before`, the `figure` to be highlighted, `after`; then what it cost, and what to do next."""

    before: str
    figure: str
    after: str
    cost: str
    advice: str


def verdict(sheet: Sheet) -> Verdict | None:
    """The verdict; None where the paper doesn't let it be seen, or there are no marks to speak of."""
    overall = sheet.overall
    if Item.OVERALL_FEEDBACK not in sheet.seen or overall.score is None or not overall.max:
        return None
    cost = f"Negative marking cost you {_marks(-overall.lost)}." if overall.lost else ""
    return Verdict(*_standing(sheet, overall), cost, _advice(sheet, overall))


def _standing(sheet: Sheet, overall: Group) -> tuple[str, str, str]:
    found = sheet.standing
    if found and found.is_enough and found.percentile is not None:
        return "Level with or ahead of ", f"{int(found.percentile)}%", " of candidates."
    return "You earned ", f"{_percent(overall.share or Fraction(0))}%", " of the marks."


def _percent(share: Fraction) -> int:
    """Rounded as the figures beside it are; 100 is said of all marks only."""
    return 100 if share == 100 else min(int(share + Fraction(1, 2)), 99)


def _advice(sheet: Sheet, overall: Group) -> str:
    facts = facts_of(sheet, overall)
    piece, topic = advise(facts)
    match piece:
        case Advice.HARDER:
            return "Nothing was left on the table: try a harder test."
        case Advice.GUESS_LESS:
            return "Next time leave blank what you would have to guess."
        case Advice.SECOND_ROUND:
            return f"You left {plural(facts.blank or 0, 'question')} blank: keep some time back for a second round."
        case Advice.MOVE_ON:
            return f"{plural(len(facts.slow), 'question')} took you longer than most and still missed: move on sooner."
        case Advice.KEEP_ANSWERS:
            spoilt = facts.changes.right_to_wrong if facts.changes else 0
            return f"You changed {plural(spoilt, 'right answer')} to wrong ones: change one only for a reason."
        case Advice.TOPIC if topic:
            waiting = f"{_marks(topic.missing)} {'is' if topic.missing == 1 else 'are'} waiting there"
            return f"{topic.title} is the quickest place to win marks back: {waiting}."
        case Advice.REVIEW:
            return f"Go through the {_missed(overall)} you missed while you remember what you thought."
        case _:
            return "Look again once right and wrong are shown."


def facts_of(sheet: Sheet, overall: Group) -> Facts:
    """What the advice is made from; `overall` has marks."""
    return Facts(
        overall.score or Fraction(0), overall.max or Fraction(0), overall.lost or Fraction(0), overall.count,
        overall.blank, Item.CORRECTNESS in sheet.seen,
        [Topic(each.title, each.left, finding(each.right or 0, each.count))
         for each in sheet.topics if each.left is not None],
        sheet.slow, sheet.changes,
    )  # fmt: skip


def _missed(overall: Group) -> str:
    return plural((overall.wrong or 0) + (overall.partly or 0) + (overall.blank or 0), "question")


def _marks(value: Fraction) -> str:
    return f"{screen_marks(value)} mark" + ("" if value == 1 else "s")


@dataclass(frozen=True)
class TopicLine:
    """A topic with what can be said of it, and between which per cents its share of right answers lies."""

    group: Group
    finding: Finding
    low: int
    high: int


def topic_lines(topics: Sequence[Group]) -> dict[Finding, list[TopicLine]]:
    """The topics by what can be said of them, those missing most marks first; none while right and wrong are closed."""
    found: dict[Finding, list[TopicLine]] = {each: [] for each in Finding}
    for each in sorted(topics, key=lambda group: -(group.left or 0)):
        between = interval(each.right, each.count) if each.right is not None else None
        if between is not None and each.right is not None:
            line = TopicLine(each, finding(each.right, each.count), round(100 * between.low), round(100 * between.high))
            found[line.finding].append(line)
    return found


def never_saved(selections: int, marks: Fraction | None) -> str:
    """What a strict paper's rule cost: `7 marks lost to selections never saved`; `marks` None while they are closed."""
    what = "a selection" if selections == 1 else "selections"
    if marks:
        return f"{screen_marks(marks)} {'mark' if marks == 1 else 'marks'} lost to {what} never saved."
    saved = f"{plural(selections, 'selection')} {'was' if selections == 1 else 'were'} never saved."
    return saved if marks is None else f"{saved} No marks were lost by that."
