"""HTTP of pictures: anybody who has the address, which nobody can guess who has not seen the picture; editors add."""

from datetime import datetime

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlmodel import Session

from mockhall.accounts.access import EditorForUpdate
from mockhall.bank import images, pages, pictured
from mockhall.bank.access import EditableQuestionForUpdate
from mockhall.bank.models import Question
from mockhall.bank.uploads import SentPicture, Upload
from mockhall.db import Reading, Writing
from mockhall.web.errors import NotYours
from mockhall.web.now import Now
from mockhall.web.pages import json_reply

router = APIRouter()
FOREVER = "public, max-age=31536000, immutable"


@router.get("/images/{address}")
def image(db: Reading, address: str) -> Response:
    """The picture; another picture has another address, so this one never changes."""
    found = images.find(db, address[:40])
    if found is None:
        raise NotYours("There is no picture at this address.")
    return Response(found.data, media_type=images.type_of(found), headers={"Cache-Control": FOREVER})


@router.post("/desk/images")
def add_image(sent: SentPicture, db: Writing, _person: EditorForUpdate, now: Now) -> Response:
    """Keep a picture alone, for the script that puts it where the cursor is."""
    taken = sent.taken.value
    images.keep(db, taken.address, taken.data, now)
    where = f"/images/{taken.address}"
    return json_reply({"address": where, "markdown": f"![]({where})", "first_frame": sent.taken.is_still})


@router.post("/desk/questions/pictures")
def picture_in_new(sent: SentPicture, request: Request, db: Writing, _person: EditorForUpdate, now: Now) -> Response:
    """The form of a new question again, with a picture in it."""
    return _form(request, db, sent, now)


@router.post("/desk/questions/{code}/pictures")
def picture_in_edit(
    sent: SentPicture, request: Request, db: Writing, row: EditableQuestionForUpdate, now: Now
) -> Response:
    """The same of a question that is edited."""
    return _form(request, db, sent, now, row)


def _form(request: Request, db: Session, sent: Upload, now: datetime, row: Question | None = None) -> Response:
    """What was typed stays, whatever comes of the file."""
    beside = pages.Beside(sent.sent.page, sent.sent.kept, added=sent.said if sent.picture else "", is_unsaved=True)
    draft, fault = sent.sent.draft, sent.fault
    if fault is not None:
        return pages.form(request, db, draft, row, errors={"picture": fault.text}, beside=beside, status=fault.status)
    taken = sent.taken.value
    images.keep(db, taken.address, taken.data, now)
    return pages.form(request, db, pictured.with_picture(draft, sent.place, taken.address), row, beside=beside)
