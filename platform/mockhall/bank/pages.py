"""The pages of the form of a question: what they show, and in which state of the form."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from fastapi import Request
from fastapi.responses import Response
from sqlmodel import Session

from mockhall.bank import buttons, drafts, history, keys, passages, pictured, preview, queries, translations
from mockhall.bank.desk_models import QuestionDraft
from mockhall.bank.differences import Difference, differences
from mockhall.bank.draft import Draft, with_rows
from mockhall.bank.forms import Sent
from mockhall.bank.models import Question
from mockhall.bank.similar import Alike
from mockhall.bank.standing import Card, Stake, standing
from mockhall.bank.stored import of_version
from mockhall.web.codes import new_code
from mockhall.web.errors import Refused
from mockhall.web.headline import headline
from mockhall.web.now import now
from mockhall.web.pages import render, wants_fragment

FEW = 4
"""Versions beside the form; the others have a page of their own."""
UNKNOWN = "This form has a button that isn't known here, so nothing was changed. Reload the page and try again."


@dataclass(frozen=True)
class Beside:
    """What stands around a form, apart from errors: the draft that keeps it, an older one, what asks before saving."""

    page: str = ""
    kept: str = ""  # the stamp of the draft this page knows
    kept_at: datetime | None = None
    waiting: QuestionDraft | None = None  # a draft that is offered
    alike: Sequence[Alike] = ()
    goes_on: bool = False  # was Save & new pressed?
    after: str = ""  # the code of the question that Save & new has stored
    added: str = ""  # said beside the button that adds a picture
    language: str = ""  # of the preview
    is_unsaved: bool = False

    @classmethod
    def of(cls, draft: QuestionDraft | None, page: str = "", **more: Any) -> "Beside":
        """Around a form whose text a draft keeps."""
        at = draft.updated_at if draft else None
        return cls(page, drafts.stamp(draft), at, is_unsaved=draft is None, **more)


def form(
    request: Request, db: Session, draft: Draft, question: Question | None = None,
    errors: dict[str, str] | None = None, theirs: list[Difference] | None = None, beside: Beside | None = None,
    card: Card | None = None, status: int = 0,
) -> Response:  # fmt: skip
    """The form: 422 with errors, 409 beside a newer version, else 200; `card` says where the question stands."""
    draft, beside = with_rows(draft), beside or Beside()
    status = status or (409 if theirs is not None or beside.alike else 422 if errors else 200)
    card = card or (card_of(request, db, question, queries.known(db, question)) if question else None)
    return render(
        request, "bank/question.html", status, question=question, errors=errors or {}, theirs=theirs, card=card,
        subjects=queries.subjects(db), editions=history.editions(db, question, FEW).editions if question else [],
        headline=headline(draft.stem, 90), sharing=passages.sharing(db, draft.passage_code, question),
        beside=beside, page_name=beside.page or new_code(), places=pictured.places(draft),
        **preview_values(draft, beside.language),
    )  # fmt: skip


def stored(
    request: Request, db: Session, question: Question, known: queries.Known, card: Card | None = None, status: int = 200
) -> Response:  # fmt: skip
    """The form of a question as it is stored."""
    card = card or card_of(request, db, question, known)
    return form(request, db, of_version(known.version, known.subject, known.topic), question, card=card, status=status)


def in_use(stakes: Sequence[Stake]) -> dict[str, Any]:
    """To a script: which published tests would feel it, and how."""
    tests = [{"slug": each.slug, "title": each.title, "why": each.why} for each in stakes]
    return {
        "reason": "in_use", "text": " ".join(f"{each.title}: {each.why}" for each in stakes), "tests": tests,
    }  # fmt: skip


def card_of(request: Request, db: Session, question: Question, known: queries.Known) -> Card:
    """Where a question stands, for who looks at it."""
    return Card(standing(db, question, known, request.state.person, now(request)))


def preview_values(draft: Draft, language: str = "") -> dict[str, Any]:
    """What the preview, in this language, and the fields beside it need."""
    begun = translations.is_begun(draft)
    hindi = {"hindi": translations.rows(draft), "hindi_kept": translations.kept(draft), "hindi_begun": begun}
    asked = preview.asked(draft, hindi=begun and language == "hi")
    return {"draft": draft, "understood": keys.understood(draft), "asked": asked, "language": language} | hindi


def edited(request: Request, db: Session, sent: Sent, question: Question | None = None) -> Response:
    """The form after one of the buttons that store nothing; to htmx only the part with the answers."""
    draft = buttons.edited(with_rows(sent.draft), sent.then)
    if draft is None:
        raise Refused(422, "nonsense", UNKNOWN)
    if wants_fragment(request):
        return render(request, "bank/answers.htmx.html", question=question, errors={},
                      **preview_values(draft, sent.language))  # fmt: skip
    beside = Beside(sent.page, sent.kept, language=sent.language, is_unsaved=True)
    return form(request, db, draft, question, beside=beside)


def conflict(
    request: Request, db: Session, mine: Draft, question: Question, beside: Beside | None = None, status: int = 409
) -> Response:
    """Both texts: theirs as stored, mine in the form. Saving the form again is then a choice, not an accident."""
    known = queries.known(db, question)
    theirs = differences(of_version(known.version, known.subject, known.topic), mine)
    draft = replace(mine, version=question.version)
    return form(request, db, draft, question, theirs=theirs, beside=beside, status=status)


def opened(
    request: Request, db: Session, stored: Draft, kept: QuestionDraft | None, question: Question | None, *, go_on: bool,
    after: str = "",
) -> Response:  # fmt: skip
    """The form as it is stored, with a draft offered; or, to go on with it, as it was left, and beside what somebody
    saved since."""
    if kept is None or not go_on:
        return form(request, db, stored, question, beside=Beside(waiting=kept, after=after))
    mine, beside = drafts.opened(kept), Beside.of(kept)
    if question is not None and kept.base != question.version:
        return conflict(request, db, mine, question, beside, 200)
    return form(request, db, mine, question, beside=beside)
