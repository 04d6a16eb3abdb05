"""From a filled form to what a version says, or a sentence beside each field that doesn't fit."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import Any
from urllib.parse import urlsplit

from mockhall.bank import gaps, options, passages, pictured, places, translations
from mockhall.bank.checked import LONGEST_STEM, Checked, on_a_line, trimmed
from mockhall.bank.draft import Draft
from mockhall.bank.keys import number_key, text_key
from mockhall.bank.options import Right
from mockhall.bank.passages import Sharing
from mockhall.bank.queries import Subject
from mockhall.bank.stored import Before
from mockhall.exam.errors import RuleError
from mockhall.exam.exact import plain
from mockhall.exam.kinds import Difficulty, Kind
from mockhall.exam.marking import Partial, parse_marks, scheme_of

MOST_TAGS, LONGEST_TAG, LONGEST_NOTE = 20, 40, 200


def check(
    draft: Draft, before: Before | None = None, sharing: Sequence[Sharing] = (),
    missing: AbstractSet[str] = frozenset(), subjects: Sequence[Subject] = (), *, is_final: bool = False,
) -> Checked:  # fmt: skip
    """Check every field, in the order of the page. `sharing` are the other questions with the draft's passage,
    `missing` the addresses of its pictures that hold none, `subjects` those there are; `is_final`: what a draft may
    lack must be there too, for somebody is to verify it."""
    found, before = Checked(), before or Before()
    found.contents = {"kind": draft.kind, "difficulty": draft.difficulty, "options": [], "shuffle": draft.shuffle}
    _check_choices(draft, found)
    places.check(draft, before, subjects, found)
    found.contents |= passages.check(draft, sharing, found)
    stem = found.text("stem", trimmed(draft.stem), LONGEST_STEM, "Write the question.")
    right = _right(draft, before, found)
    found.contents |= {"stem": stem, "options": right.options, "key": right.key}
    found.contents["option_solutions"] = options.explanations(draft, right, before.option_solutions)
    found.contents["unit"] = found.text("unit", on_a_line(draft.unit), 40) if draft.kind == Kind.NUMERIC else ""
    why = "Write an explanation first: a verified question has one." if is_final else ""
    found.contents["solution"] = found.text("solution", trimmed(draft.solution), LONGEST_STEM, why)
    found.note = found.text("note", on_a_line(draft.note), LONGEST_NOTE)
    translations.check(draft, right, before, found)
    found.contents |= {"reference": _reference(draft, found), "tags": _tags(draft, found)}
    found.contents["scheme"] = _scheme(draft, found, before.scheme)
    pictured.check(draft, missing, found)
    return found


def _check_choices(draft: Draft, found: Checked) -> None:
    """Type and difficulty."""
    if draft.kind not in list(Kind):
        found.errors["kind"] = "Choose one of the types."
    if draft.difficulty not in list(Difficulty):
        found.errors["difficulty"] = "Choose one of the difficulties."


def _right(draft: Draft, before: Before, found: Checked) -> Right:
    """What counts as right, by type."""
    if draft.kind in {Kind.NUMERIC, Kind.TEXT}:
        return Right(key=_typed(draft, found))
    if draft.kind == Kind.TRUE_FALSE:
        return options.truth(draft, found)
    if draft.kind == Kind.MATCH:
        return options.pairs(draft, before.ids, found, before.stood)
    if draft.kind == Kind.ORDER:
        return options.steps(draft, before.ids, found, before.stood)
    if draft.kind == Kind.CLOZE:
        return gaps.gaps(draft, before.gap_choices, found)
    return options.choices(draft, before.ids, found)


def _typed(draft: Draft, found: Checked) -> dict[str, Any]:
    try:
        return number_key(draft) if draft.kind == Kind.NUMERIC else text_key(draft)
    except RuleError as error:
        found.errors[error.field] = error.text
        return {}


def _reference(draft: Draft, found: Checked) -> str:
    url = found.text("reference", draft.reference.strip(), 500)
    try:
        parts = urlsplit(url)
        is_web = parts.scheme in {"http", "https"} and bool(parts.hostname)
        fits = not url or (is_web and not set(url) & set(' \n\t<>"'))
    except ValueError:  # half an IPv6 address
        fits = False
    if not fits:
        found.errors.setdefault("reference", "Write a whole address, such as https://docs.python.org/3/.")
    return url


def _tags(draft: Draft, found: Checked) -> list[str]:
    tags: dict[str, str] = {}
    for tag in filter(None, map(on_a_line, draft.tags.split(","))):
        tags.setdefault(tag.casefold(), tag)
    if len(tags) > MOST_TAGS:
        found.errors["tags"] = f"A question has at most {MOST_TAGS} tags. These are {len(tags)}."
    for tag in tags.values():
        found.text("tags", tag, LONGEST_TAG)
    return list(tags.values())


def _scheme(draft: Draft, found: Checked, stored: dict[str, Any] | None) -> dict[str, Any] | None:
    """The marks of this question alone; None where the test's hold."""
    written = {name: getattr(draft, name).strip() for name in ("full", "wrong", "partial")}
    scheme: dict[str, Any] = {}
    for name, text in written.items():
        try:
            if text and name == "partial":
                scheme[name] = str(_partial(text))
            elif text:
                scheme[name] = plain(parse_marks(text, name))
            scheme_of(scheme)
        except RuleError as error:
            found.errors.setdefault(error.field, error.text)
            scheme.pop(name, None)
    return _with_hidden(scheme, stored)


def _partial(text: str) -> Partial:
    if text not in list(Partial):
        raise RuleError("partial", "Choose one of the rules.")
    return Partial(text)


def _with_hidden(scheme: dict[str, Any], stored: dict[str, Any] | None) -> dict[str, Any] | None:
    """The marks with what a file may have said besides (a floor): the form doesn't show it, so an edit keeps it."""
    hidden = {name: value for name, value in (stored or {}).items() if name not in ("full", "wrong", "partial")}
    return hidden | scheme if scheme else None
