"""The sentences on top of a result, made from its numbers: how it went, and what to do next."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from mockhall.exam.marking import screen_marks
from mockhall.exam.reveal import Item
from mockhall.results.sheet import Group, Sheet
from mockhall.web.filters import plural

STRONG = 80  # per cent of a topic's marks


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
    return Verdict(*_standing(sheet, overall), cost, _advice(sheet))


def _standing(sheet: Sheet, overall: Group) -> tuple[str, str, str]:
    found = sheet.standing
    if found and found.is_enough and found.percentile is not None:
        return "Level with or ahead of ", f"{int(found.percentile)}%", " of candidates."
    return "You earned ", f"{_percent(overall.share or Fraction(0))}%", " of the marks."


def _percent(share: Fraction) -> int:
    """Rounded as the figures beside it are; 100 is said of all marks only."""
    return 100 if share == 100 else min(int(share + Fraction(1, 2)), 99)


def _advice(sheet: Sheet) -> str:
    """One sentence: the weakest topic first, then blanks, then going through the answers."""
    overall = sheet.overall
    if overall.score == overall.max:
        return "Nothing was left on the table: try a harder test."
    weak = weakest(sheet.topics, 1)
    if weak and len(sheet.topics) > 1:
        lost = _marks(_missing(weak[0]))
        return f"{weak[0].title} is the quickest place to win marks back: {lost} are waiting there."
    if overall.blank and overall.blank * 4 >= overall.count:
        return f"You left {plural(overall.blank, 'question')} blank: keep some time back for a second round."
    if Item.CORRECTNESS in sheet.seen:
        return f"Go through the {_missed(overall)} you missed while you remember what you thought."
    return "Look again once right and wrong are shown."


def _missed(overall: Group) -> str:
    return plural((overall.wrong or 0) + (overall.partly or 0) + (overall.blank or 0), "question")


def _marks(value: Fraction) -> str:
    return f"{screen_marks(value)} mark" + ("" if value == 1 else "s")


def _missing(group: Group) -> Fraction:
    return (group.max or Fraction(0)) - (group.score or Fraction(0))


def _judged(topics: Sequence[Group]) -> list[Group]:
    return [each for each in topics if each.share is not None]


def weakest(topics: Sequence[Group], most: int = 3) -> list[Group]:
    """The topics with the smallest share of their marks, those under 80 % only; of equals the costlier first."""
    weak = [each for each in _judged(topics) if (each.share or 0) < STRONG]
    return sorted(weak, key=lambda each: (each.share or 0, -_missing(each)))[:most]


def strongest(topics: Sequence[Group], most: int = 3) -> list[Group]:
    """The topics with the largest share of their marks, from 80 % on."""
    strong = [each for each in _judged(topics) if (each.share or 0) >= STRONG]
    return sorted(strong, key=lambda each: (-(each.share or 0), -(each.max or 0)))[:most]


def never_saved(selections: int, marks: Fraction | None) -> str:
    """What a strict paper's rule cost: `7 marks lost to selections never saved`; `marks` None while they are closed."""
    what = "a selection" if selections == 1 else "selections"
    if marks:
        return f"{screen_marks(marks)} {'mark' if marks == 1 else 'marks'} lost to {what} never saved."
    saved = f"{plural(selections, 'selection')} {'was' if selections == 1 else 'were'} never saved."
    return saved if marks is None else f"{saved} No marks were lost by that."
