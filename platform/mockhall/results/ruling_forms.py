"""Parsing a key ruling: what is decided, and the new key of a question of any kind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any

from fastapi import Depends, Request

from mockhall.attempts.fields import Fields, read_fields
from mockhall.bank.keys import accepted
from mockhall.bank.models import QuestionVersion
from mockhall.bank.numbers import line_of, number_line
from mockhall.exam.errors import RuleError
from mockhall.exam.key import Key
from mockhall.exam.kinds import Kind
from mockhall.exam.paper import Action, Ruling
from mockhall.exam.rulings import actions_for
from mockhall.exam.shape import GapKind
from mockhall.results.note_forms import text_error

MOST_REASON = 400
MOST_FIELDS = 200
NO_REASON = "Say why: candidates read it on their result."


@dataclass(frozen=True)
class RulingForm:
    """A ruling as typed: `sent` are all fields by name."""

    sent: Mapping[str, Sequence[str]] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)

    def one(self, name: str) -> str:
        """The last text sent under a name."""
        return self.sent.get(name, [""])[-1]

    @property
    def action(self) -> str:
        return self.one("action")

    @property
    def reason(self) -> str:
        return " ".join(self.one("reason").replace("\0", "").split())

    @property
    def version(self) -> int | None:
        """The version it is about; 0, which none is, for what can't be read, and None where nothing is said."""
        number = self.one("version")
        if not number:
            return None
        return int(number) if number.isascii() and number.isdigit() and len(number) < 7 else 0


async def ruling_form(request: Request) -> RulingForm:
    """The form of a ruling."""
    fields: Fields = await read_fields(request, MOST_FIELDS)
    return RulingForm({name: [value.replace("\r\n", "\n") for value in values] for name, values in fields.items()})


async def apply_form(request: Request) -> bool:
    """Whether the open reports of the question are answered too (`reports=1`)."""
    return (await read_fields(request, 10)).get("reports", [""])[-1] == "1"


SentRuling = Annotated[RulingForm, Depends(ruling_form)]
AnswersReports = Annotated[bool, Depends(apply_form)]


def read_ruling(form: RulingForm, version: QuestionVersion) -> tuple[Ruling | None, dict[str, str]]:
    """The decision, or what is wrong beside which control."""
    error = reason_error(form)
    errors = {"reason": error} if error else {}
    try:
        ruling = _ruling(form, version)
    except RuleError as error:
        return None, {error.field: error.text} | errors
    return (None if errors else ruling), errors


def reason_error(form: RulingForm) -> str:
    """What is wrong with the reason; empty when nothing is."""
    return text_error(form.reason, MOST_REASON) if form.reason else NO_REASON


def _ruling(form: RulingForm, version: QuestionVersion) -> Ruling:
    kind = Kind(version.kind)
    if form.action not in list(actions_for(kind)):
        raise RuleError("action", "Choose what is decided.")
    action = Action(form.action)
    if action is Action.MORE_THAN_ONE_RIGHT:
        return Ruling(action, frozenset(_more(form, version)))
    if action is Action.CHANGE_KEY:
        return Ruling(action, key=_judged(_KEYS[kind](form, version)))
    return Ruling(action)


def _more(form: RulingForm, version: QuestionVersion) -> list[str]:
    """The options that are right too, those of the key among them."""
    chosen = _options(form.sent.get("right", ()), version, "right")
    if not set(chosen) - set(version.key["options"]):
        raise RuleError("right", "Tick a choice that is right too, besides the key.")
    return sorted({*chosen, *version.key["options"]})


def _options(sent: Sequence[str], version: QuestionVersion, control: str) -> list[str]:
    known = {row["id"] for row in version.options}
    if not set(sent) <= known:
        raise RuleError(control, "This question has no such choice. Choose one of those shown.")
    return list(dict.fromkeys(sent))


def _judged(key: dict[str, Any]) -> Key:
    try:
        return Key.from_json(key)
    except RuleError as error:
        raise RuleError("key", error.text) from error


def _chosen(form: RulingForm, version: QuestionVersion) -> dict[str, Any]:
    chosen = _options(form.sent.get("key", ()), version, "key")
    if not chosen:
        raise RuleError("key", "Choose what is right.")
    if len(chosen) > 1 and Kind(version.kind).has_one_choice:
        raise RuleError("key", "One choice is right. If more are, rule that more than one is right.")
    return {"options": chosen}


def _number(form: RulingForm, version: QuestionVersion) -> dict[str, Any]:
    lines = list(filter(None, map(str.strip, form.one("number").split("\n"))))
    if not lines:
        raise RuleError("number", "Write the right number.")
    found = [number_line(line, "number") for line in lines[:20]]
    key: dict[str, Any] = {"any": found} if len(found) > 1 else dict(found[0])
    return key | ({"decimals": version.key["decimals"]} if version.key.get("decimals") else {})


def _text(form: RulingForm, version: QuestionVersion) -> dict[str, Any]:
    kept: dict[str, Any] = {name: version.key[name] for name in ("case", "spaces", "wildcards") if name in version.key}
    return {"answers": accepted(form.one("answers"), bool(kept.get("case")), "answers"), **kept}


def _pairs(form: RulingForm, version: QuestionVersion) -> dict[str, Any]:
    rights = {row["id"] for row in version.options if row["side"] == "right"}
    pairs = {row["id"]: form.one(f"pair.{row['id']}") for row in version.options if row["side"] == "left"}
    if not set(pairs.values()) <= rights:
        raise RuleError("key", "Choose what belongs to each item.")
    return {"pairs": pairs}


def _order(form: RulingForm, version: QuestionVersion) -> dict[str, Any]:
    places = {form.one(f"place.{row['id']}"): row["id"] for row in version.options}
    wanted = [str(place) for place in range(1, len(version.options) + 1)]
    if sorted(places) != sorted(wanted):
        raise RuleError("key", f"Give each item a place of its own, from 1 to {len(wanted)}.")
    return {"order": [places[place] for place in wanted]}


def _gaps(form: RulingForm, version: QuestionVersion) -> dict[str, Any]:
    return {"gaps": {str(row["gap"]): _gap(form, row, version) for row in version.options}}


def _gap(form: RulingForm, row: Mapping[str, Any], version: QuestionVersion) -> dict[str, Any]:
    control = f"gap-{row['gap']}"
    written = form.one(f"gap.{row['gap']}").strip()
    if row["type"] == GapKind.NUMBER:
        return dict(number_line(written, control))
    if row["type"] == GapKind.TEXT:
        case = bool(version.key["gaps"][str(row["gap"])].get("case"))
        return {"answers": accepted(written, case, control), "case": case}
    if written not in {each["id"] for each in row["choices"]}:
        raise RuleError(control, "Choose what fits this gap.")
    return {"options": [written]}


_KEYS = {
    Kind.SINGLE: _chosen, Kind.TRUE_FALSE: _chosen, Kind.MULTIPLE: _chosen, Kind.NUMERIC: _number, Kind.TEXT: _text,
    Kind.MATCH: _pairs, Kind.ORDER: _order, Kind.CLOZE: _gaps,
}  # fmt: skip


def key_fields(key: Key) -> dict[str, list[str]]:
    """A key as the form sends it, to begin from what holds now."""
    written: dict[str, Any] = key.to_json()
    fields = {"key": list(written.get("options", ())), "answers": ["\n".join(written.get("answers", ()))]}
    fields |= {f"pair.{left}": [right] for left, right in written.get("pairs", {}).items()}
    fields |= {f"place.{each}": [str(place)] for place, each in enumerate(written.get("order", ()), 1)}
    fields |= {f"gap.{gap}": [_gap_text(each)] for gap, each in written.get("gaps", {}).items()}
    if "value" in written or "low" in written or "any" in written:
        fields["number"] = ["\n".join(line_of(each) for each in written.get("any", [written]))]
    return fields


def _gap_text(key: Mapping[str, Any]) -> str:
    if "options" in key:
        return str(key["options"][0])
    return "\n".join(key["answers"]) if "answers" in key else line_of(key)
