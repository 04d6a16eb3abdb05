"""The room's worker script: at the top of the site, since its address says which pages it may serve."""

from fastapi import APIRouter, Response

from mockhall import paths
from mockhall.web.scripts import without_comments

router = APIRouter()
NAME = "js/room-worker.js"


@router.get("/room-worker.js")
def room_worker() -> Response:
    """static/js/room-worker.js for /attempts/; asked anew each time, so that a new one takes over at once."""
    body = without_comments({NAME: (paths.STATIC / NAME).read_bytes()})[NAME]
    headers = {"Service-Worker-Allowed": "/attempts/", "Cache-Control": "no-cache"}
    return Response(body, headers=headers, media_type="text/javascript")
