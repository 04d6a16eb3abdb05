"""Questions of the kinds answered part by part, and a paper of them. Right answers are SECRET in no reply."""

from typing import Any

from tests.attempts.room_of import Sitting, sit
from tests.make import Site, make_paper, single

KINDS = ("true_false", "match", "order", "cloze")
LEFT = ("l1", "l2", "l3")
RIGHT_ORDER = ["i3", "i1", "i4", "i2"]
RIGHT_PAIRS = {"l1": "r2", "l2": "r1", "l3": "r3"}
RIGHT_GAPS = {"1": "c2", "2": "await", "3": "5"}


def _of(
    kind: str, key: dict[str, Any], options: list[dict[str, Any]], stem: str, changes: dict[str, Any]
) -> dict[str, Any]:
    return single() | {"kind": kind, "key": key, "options": options, "stem": stem} | changes


def true_false(right: str = "f", **changes: Any) -> dict[str, Any]:
    """A statement that is true ("t") or false ("f")."""
    options = [{"id": "t", "text": "True", "pinned": True}, {"id": "f", "text": "False", "pinned": True}]
    return _of("true_false", {"options": [right]}, options, "A set keeps its order.", changes)


def match(**changes: Any) -> dict[str, Any]:
    """Three statuses and four meanings; l1 goes with r2, l2 with r1, l3 with r3."""
    lefts = [{"id": f"l{n}", "text": f"`{status}`", "side": "left"} for n, status in enumerate((201, 404, 409), 1)]
    texts = ("Not found", "Created", "Conflict", "Gone")
    rights = [{"id": f"r{n}", "text": text, "side": "right"} for n, text in enumerate(texts, 1)]
    return _of("match", {"pairs": RIGHT_PAIRS}, lefts + rights, "Match each status.", changes)


def order(**changes: Any) -> dict[str, Any]:
    """Four steps; the right order is i3, i1, i4, i2."""
    texts = ("Router", "Validation", "Middleware", "Dependencies")
    options = [{"id": f"i{n}", "text": text, "pinned": False} for n, text in enumerate(texts, 1)]
    return _of("order", {"order": RIGHT_ORDER}, options, "Put the steps in order.", changes)


def cloze(**changes: Any) -> dict[str, Any]:
    """A choice (c2), a text (await) and a number (5)."""
    choices = [{"id": "c1", "text": "def"}, {"id": "c2", "text": "async def"}]
    options = [
        {"id": "g1", "gap": 1, "type": "choice", "choices": choices},
        {"id": "g2", "gap": 2, "type": "text", "choices": []}, {"id": "g3", "gap": 3, "type": "number", "choices": []},
    ]  # fmt: skip
    key = {"gaps": {"1": {"options": ["c2"]}, "2": {"answers": ["await"], "case": False}, "3": {"value": "5"}}}
    return _of("cloze", key, options, "Write [[1]], then `x =` [[2]], [[3]] times.", changes)


def kinds_paper(site: Site, slug: str = "kinds", **rules: Any) -> None:
    """A published paper of four questions: 1 true_false, 2 match, 3 order, 4 cloze; worth 4, wrong -1."""
    rules = {"scheme": {"full": "4", "wrong": "-1", "partial": "ratio"}} | rules
    with site.writing() as db:
        make_paper(db, slug, {"All": [true_false(), match(), order(), cloze()]}, **rules)


def sit_kinds(site: Site, **rules: Any) -> Sitting:
    """Asha's browser in a started attempt of that paper."""
    kinds_paper(site, **rules)
    return sit(site, slug="kinds")


def pairs(**given: str) -> dict[str, Any]:
    """`pairs(l1="r2")` as the fields of a save."""
    return {f"pair.{left}": right for left, right in given.items()}


def gaps(*values: str) -> dict[str, Any]:
    """`gaps("c2", "await")` as the fields of a save."""
    return {f"gap.{place}": value for place, value in enumerate(values, 1)}
