"""The pages of the form of a question: what they show, and in which state of the form."""

from dataclasses import replace
from typing import Any

from fastapi import Request
from fastapi.responses import Response
from sqlmodel import Session

from mockhall.bank import buttons, history, keys, passages, queries, translations
from mockhall.bank.differences import Difference, differences
from mockhall.bank.draft import Draft, with_rows
from mockhall.bank.forms import Sent
from mockhall.bank.models import Question
from mockhall.bank.standing import Card, standing
from mockhall.bank.stored import of_version
from mockhall.exam.kinds import Kind
from mockhall.web.errors import Refused
from mockhall.web.now import now
from mockhall.web.pages import render, wants_fragment

FEW = 4
"""Versions beside the form; the others have a page of their own."""
UNKNOWN = "This form has a button that isn't known here, so nothing was changed. Reload the page and try again."


def form(
    request: Request, db: Session, draft: Draft, question: Question | None = None,
    errors: dict[str, str] | None = None, theirs: list[Difference] | None = None, card: Card | None = None,
    status: int = 200,
) -> Response:  # fmt: skip
    """The form: 422 with errors, 409 beside a newer version, else as said; `card` says where the question stands."""
    draft = with_rows(draft)
    status = 409 if theirs is not None else 422 if errors else status
    card = card or (card_of(request, db, question, queries.known(db, question)) if question else None)
    return render(
        request, "bank/question.html", status, question=question, errors=errors or {}, theirs=theirs, card=card,
        subjects=queries.subjects(db), editions=history.editions(db, question, FEW).editions if question else [],
        headline=queries.headline(draft.stem, 90), sharing=passages.sharing(db, draft.passage_code, question),
        **preview_values(draft),
    )  # fmt: skip


def stored(
    request: Request, db: Session, question: Question, known: queries.Known, card: Card | None = None, status: int = 200
) -> Response:  # fmt: skip
    """The form of a question as it is stored."""
    card = card or card_of(request, db, question, known)
    return form(request, db, of_version(known.version, known.subject, known.topic), question, card=card, status=status)


def card_of(request: Request, db: Session, question: Question, known: queries.Known) -> Card:
    """Where a question stands, for who looks at it."""
    return Card(standing(db, question, known, request.state.person, now(request)))


def preview_values(draft: Draft) -> dict[str, Any]:
    """What the preview and the fields beside it need."""
    right = keys.right_words(draft) if draft.kind == Kind.NUMERIC else ""
    return {"draft": draft, "understood": keys.understood(draft), "right": right, "hindi": translations.rows(draft)}


def edited(request: Request, db: Session, sent: Sent, question: Question | None = None) -> Response:
    """The form after one of the buttons that store nothing; to htmx only the part with the answers."""
    draft = buttons.edited(with_rows(sent.draft), sent.then)
    if draft is None:
        raise Refused(422, "nonsense", UNKNOWN)
    if wants_fragment(request):
        return render(request, "bank/answers.htmx.html", question=question, errors={}, **preview_values(draft))
    return form(request, db, draft, question)


def conflict(request: Request, db: Session, mine: Draft, question: Question) -> Response:
    """Both texts: theirs as stored, mine in the form. Saving the form again is then a choice, not an accident."""
    known = queries.known(db, question)
    theirs = of_version(known.version, known.subject, known.topic)
    return form(request, db, replace(mine, version=question.version), question, theirs=differences(theirs, mine))
