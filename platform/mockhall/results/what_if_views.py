"""Values of the “what if” page for its template and for JSON, and the words of each scheme."""

from fractions import Fraction
from typing import Any

from mockhall.exam.marking import format_marks
from mockhall.exam.what_if import WhatIf
from mockhall.results.views import WORDS
from mockhall.results.what_if import Alternative, Comparison

TITLES = {
    WhatIf.NO_NEGATIVES: "No negative marks",
    WhatIf.SKIP_UNSURE: "Without what you were unsure of",
    WhatIf.JEE_MAIN: "JEE Main",
    WhatIf.JEE_ADVANCED: "JEE Advanced",
    WhatIf.GATE: "GATE",
    WhatIf.NEET: "NEET",
    WhatIf.SSC: "SSC",
}
TOLD = {
    WhatIf.NO_NEGATIVES: "This test’s marks, and a wrong answer costs nothing.",
    WhatIf.SKIP_UNSURE: "This test’s marks, with answers that you marked for review{} or changed left blank.",
    WhatIf.JEE_MAIN: "4 for a right answer, −1 for a wrong one (NTA, JEE Main 2025).",
    WhatIf.JEE_ADVANCED: "One answer and matching 3 and −1, several answers 4 with part marks and −2, all else 4 and 0 "
    "(IITs, JEE Advanced 2024, paper 1).",
    WhatIf.GATE: "1 for a right answer, −1/3 for a wrong choice of one (IITs, GATE 2025).",
    WhatIf.NEET: "4 for a right answer, −1 for a wrong one (NTA, NEET UG 2024).",
    WhatIf.SSC: "2 for a right answer, −1/2 for a wrong one (SSC, CGL 2024, tier 1).",
}


def what_if_context(found: Comparison, asked: WhatIf | None) -> dict[str, Any]:
    """What templates/results/what_if.html needs; `asked` is the scheme shown question by question."""
    sheet = found.sheet
    return {
        "sheet": sheet,
        "attempt": sheet.attempt,
        "found": found,
        "shown": next((each for each in found.alternatives if each.what is asked), None),
        "titles": TITLES,
        "told": {what: told.format(", were not sure of" if found.is_certainty else "") for what, told in TOLD.items()},
        "words": WORDS,
        "is_skipping": asked is WhatIf.SKIP_UNSURE,
    }


def what_if_json(found: Comparison) -> dict[str, Any]:
    """The comparison for scripts: marks as everywhere, per cents and points with four places."""
    overall = found.sheet.overall
    own = {"score": format_marks(overall.score or Fraction(0)), "max": format_marks(overall.max or Fraction(0))}
    return {
        "as_marked": own | {"percent": _places(found.percent)},
        "unsure": found.unsure,
        "schemes": [_alternative_json(each) for each in found.alternatives],
    }


def _alternative_json(each: Alternative) -> dict[str, Any]:
    return {
        "scheme": str(each.what), "score": format_marks(each.score.total), "max": format_marks(each.score.max),
        "percent": _places(each.percent), "points": _places(each.points),
    }  # fmt: skip


def _places(value: Fraction) -> float:
    return round(float(value), 4)
