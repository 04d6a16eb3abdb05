"""HTTP of putting many questions into a test: the page that asks into which; the section's own address takes them."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from mockhall.accounts.access import Editor
from mockhall.bank.bulk_forms import SentBulk
from mockhall.bank.picked import CannotDoError, pick
from mockhall.db import Reading
from mockhall.papers.desk_put import put_page
from mockhall.web.now import Now
from mockhall.web.pages import redirect, render

router = APIRouter()


@router.get("/desk/papers/put")
def back_to_list(request: Request, _person: Editor) -> Response:
    """The ticks are gone with the page: to where they are set."""
    return redirect(request, "/desk/questions")


@router.post("/desk/papers/put")
def put(sent: SentBulk, request: Request, db: Reading, _person: Editor, now: Now) -> Response:
    """Where the ticked questions are to go; nothing is stored."""
    try:
        page = put_page(db, pick(db, sent, now, lock=False), sent.paper)
    except CannotDoError as refused:
        return render(request, "papers_desk/put.html", 422, put=None, trouble=refused.text, filters=sent.filters)
    return render(request, "papers_desk/put.html", put=page, trouble="", filters=sent.filters)
