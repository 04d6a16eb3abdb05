"""How numbers and times read on screen."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo
from fractions import Fraction
from typing import Any

from markupsafe import Markup

from mockhall.exam.exact import fixed
from mockhall.exam.kinds import Kind
from mockhall.exam.marking import screen_marks
from mockhall.exam.scheme import Partial, Scheme
from mockhall.web.errors import iso
from mockhall.web.gaps import gap_pieces, gap_signs


def clock_text(seconds: float) -> str:
    """`27:18`, or `1:02:03` from an hour on."""
    whole = max(0, int(seconds))
    hours, rest = divmod(whole, 3600)
    minutes, secs = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{secs:02d}" if hours else f"{minutes}:{secs:02d}"


def duration_text(span: timedelta) -> str:
    """`56 min 15 s`, `2 h 5 min`."""
    total = int(span.total_seconds())
    parts = [(total // 3600, "h"), (total % 3600 // 60, "min"), (total % 60, "s")]
    return " ".join(f"{count} {unit}" for count, unit in parts if count) or "0 s"


def minutes_text(seconds: float) -> str:
    """`3 min`, `2 h 5 min`: whole minutes, for what is told roughly."""
    hours, minutes = divmod(max(0, int(seconds)) // 60, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"


def local_time(value: datetime, form: str = "datetime", zone: tzinfo = UTC) -> Markup:
    """An instant in the site's zone that a small script turns into the viewer's; `form` is date, time, datetime, or
    seconds: the day and the time to the second."""
    forms = {
        "date": "%-d %B %Y",
        "time": "%H:%M:%S",
        "datetime": "%-d %B %Y at %H:%M",
        "seconds": "%-d %B %Y at %H:%M:%S",
    }
    written = forms[form]
    text = value.astimezone(zone).strftime(written if form == "date" else f"{written} %Z")
    return Markup('<time datetime="{}" data-local="{}">{}</time>').format(iso(value), form, text)


def signed_marks(value: Fraction) -> str:
    """`+3`, `−1`, `0`: for gains and losses."""
    return f"+{screen_marks(value)}" if value > 0 else screen_marks(value)


def tenth(value: Fraction) -> str:
    """A number to exactly one decimal, a real minus sign: `71.4`, `−3.0`, never `−0.0`."""
    return fixed(value, 1).replace("-", "−")


def plural(count: int, one: str, many: str = "") -> str:
    """`1 question`, `30 questions`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


_FIGURE = '<figure class="code"'


def split_stem(stem: Markup) -> tuple[Markup, Markup]:
    """What asks, and from the first code block on what is asked about: the room sets them side by side."""
    before, figure, after = str(stem).partition(_FIGURE)
    return Markup(before), Markup(figure + after)  # both come from richtext, already sanitised


KINDS = {
    Kind.SINGLE: "One answer", Kind.MULTIPLE: "Several answers", Kind.TRUE_FALSE: "True or false",
    Kind.NUMERIC: "A number", Kind.TEXT: "Words", Kind.MATCH: "Matching", Kind.ORDER: "Ordering", Kind.CLOZE: "Blanks",
}  # fmt: skip
_PARTS = {Kind.MULTIPLE: "options", Kind.MATCH: "pairs", Kind.CLOZE: "blanks"}


def kind_words(kind: str) -> str:
    """What the candidate is told of a question's kind."""
    return KINDS[Kind(kind)]


def partial_words(scheme: Scheme, kind: str = Kind.MULTIPLE) -> str:
    """How a question that can be right in part is marked, in a sentence."""
    full = f"{screen_marks(scheme.full)} mark{'' if scheme.full == 1 else 's'}"
    if kind == Kind.ORDER:
        whole = scheme.partial in (Partial.NONE, Partial.SUBSET_TABLE)
        in_part = f"Up to {full}: each item that follows the right one counts."
        return f"All items in the right order: {full}." if whole else in_part
    parts, also = _PARTS[Kind(kind)], " and no other" if kind == Kind.MULTIPLE else ""
    less_wrong = f"Up to {full}: each of the right {parts} counts, a wrong one takes as much away."
    share = f"Up to {full}, by the share of {parts} that is right."
    return {
        Partial.NONE: f"All right {parts}{also}: {full}.",
        Partial.PER_OPTION: less_wrong,
        Partial.SUBSET_TABLE: f"All right {parts}: {full}. Some of them and none wrong: 1 mark for each.",
        Partial.RATIO: less_wrong if kind == Kind.MULTIPLE else share,
    }[scheme.partial]


FILTERS: dict[str, Callable[..., Any]] = {
    "clock": clock_text,
    "duration": duration_text,
    "minutes": minutes_text,
    "local_time": local_time,
    "marks": screen_marks,
    "signed": signed_marks,
    "tenth": tenth,
    "plural": plural,
    "iso": iso,
    "split_stem": split_stem,
    "partial_words": partial_words,
    "kind_words": kind_words,
    "gap_signs": gap_signs,
    "gap_pieces": gap_pieces,
}
