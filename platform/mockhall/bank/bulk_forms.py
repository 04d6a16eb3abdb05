"""Parsing what the list sends about many questions at once: which are ticked, and what is to become of them."""

from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import FormData

from mockhall.bank.list_forms import FILTERS, Filters, read_filters
from mockhall.web.utf8 import utf8_form

MOST_FIELDS = 5_000


@dataclass(frozen=True)
class Sent:
    """Ticked codes, or all that the filters find; the button pressed, and the fields beside it."""

    codes: frozenset[str] = frozenset()
    takes_all: bool = False
    filters: Filters = field(default_factory=Filters)
    then: str = ""
    word: str = ""
    name: str = ""  # of a view to be kept
    to: str = ""
    paper: str = ""
    sure: bool = False  # pressed where it had been warned of
    unread: str = ""  # a filter whose value can't be read


async def sent(request: Request) -> Sent:
    """The form around the list."""
    form = await utf8_form(request, MOST_FIELDS)
    filters = read_filters(form)
    return Sent(
        codes=frozenset(_codes(form)), takes_all=form.get("all") == "1", filters=filters,
        unread=_unread(form, filters),
        then=_line(form, "then"), word=_line(form, "word"), name=_line(form, "name"), to=_line(form, "to"),
        paper=_line(form, "paper"), sure=_line(form, "sure") == "1",
    )  # fmt: skip


def _unread(form: FormData, filters: Filters) -> str:
    """The first filter that was read as something else than was sent: what the list leaves out of an address without a
    word would here be done to questions nobody meant."""
    given = ((name, each) for name in FILTERS for each in form.getlist(name))
    return next((name for name, each in given if " ".join(str(each).split()) != getattr(filters, name)), "")


def _codes(form: FormData) -> list[str]:
    """Codes as they may be; what can't be one is left out here, what is none is not found later."""
    given = [each for each in form.getlist("question") if isinstance(each, str)]
    return [each for each in given if each.isalnum() and len(each) <= 20]


def _line(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return " ".join(value.replace("\0", "").split()) if isinstance(value, str) else ""


SentBulk = Annotated[Sent, Depends(sent)]
