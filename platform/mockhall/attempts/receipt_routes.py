"""HTTP of receipts: the owner's, to print or keep; and the public page where anybody can check one."""

import json

from fastapi import APIRouter, Request
from fastapi.responses import Response

from mockhall.attempts import receipts
from mockhall.attempts.access import CloseWhenDue, MyAttempt
from mockhall.attempts.closing import RUNNING
from mockhall.attempts.receipt_access import AskedNumber, FoundReceipt, Pasted, PastedReceipt
from mockhall.attempts.receipts import Receipt
from mockhall.db import Reading
from mockhall.exam.receipt import grouped, read_fingerprint
from mockhall.web.errors import NotYours, iso
from mockhall.web.pages import json_reply, redirect, render, wants_json

router = APIRouter()
NONE = "This attempt was not handed in, so it has no receipt."


@router.get("/attempts/{code}/receipt", dependencies=[CloseWhenDue])
def own_receipt(request: Request, db: Reading, attempt: MyAttempt) -> Response:
    """The receipt of one's own attempt; as JSON with the text it is made of, to work the fingerprint out again."""
    if attempt.state in RUNNING:
        return redirect(request, f"/attempts/{attempt.code}")
    found = receipts.of_attempt(db, attempt)
    if found is None:
        raise NotYours(NONE)
    if wants_json(request):
        text = receipts.document(db, attempt)
        return json_reply(_told(found) | {"text": text, "document": json.loads(text)})
    changed = receipts.was_changed(db, attempt)
    return render(request, "attempts/receipt.html", receipt=found, attempt=attempt, was_changed=changed)


@router.get("/receipts")
def check_receipt(request: Request, pasted: PastedReceipt) -> Response:
    """The form that takes a number or a fingerprint, and what became of it."""
    if pasted.found is not None:
        asked = f"?hash={pasted.digest}" if pasted.digest else ""
        return redirect(request, f"/receipts/{pasted.found.number}{asked}")
    return _form(request, pasted)


@router.get("/receipts/{receipt}")
def public_receipt(request: Request, receipt: FoundReceipt, asked: AskedNumber) -> Response:
    """What a receipt says to anybody who has its number, and whether a fingerprint is its own."""
    if receipt is None:
        return _form(request, Pasted(asked.number))
    compared = read_fingerprint(asked.hash)
    matches = receipt.matches(compared) if asked.hash.strip() else None
    if wants_json(request):
        return json_reply(_told(receipt) | {"matches": matches})
    values = {"receipt": receipt, "typed": asked.hash, "matches": matches, "compared": grouped(compared)}
    return render(request, "attempts/public_receipt.html", **values)


def _form(request: Request, pasted: Pasted) -> Response:
    is_unknown = bool(pasted.typed.strip())
    if is_unknown and wants_json(request):
        raise NotYours("There is no receipt with this number or fingerprint.")
    return render(
        request, "attempts/check_receipt.html", 404 if is_unknown else 200, typed=pasted.typed, is_unknown=is_unknown
    )


def _told(found: Receipt) -> dict[str, object]:
    return {
        "receipt": found.number, "hash": found.digest, "paper": found.paper,
        "finished_at": iso(found.attempt.finished_at), "answered": found.answered, "questions": found.questions,
    }  # fmt: skip
