"""What is said when something fails anywhere: a page, or JSON to a script."""

import logging

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from mockhall.web.errors import Refused
from mockhall.web.pages import refusal, wants_json

log = logging.getLogger("mockhall")
MISSING = "There is no page at this address. Check it, or start from the catalogue."
BROKEN = "This is our mistake, not yours. Answers that the page called saved are safe. Try again in a moment."
UNREADABLE = "Something in this address or form can't be read. Go back and check it."


def add_error_pages(app: FastAPI) -> None:
    """Answer each kind of failure of this app."""

    @app.exception_handler(Refused)
    def on_refused(request: Request, error: Refused) -> Response:
        return refusal(request, error)

    @app.exception_handler(HTTPException)
    def on_http(request: Request, error: HTTPException) -> Response:
        if error.status_code in {401, 403} and isinstance(error, Refused):
            return refusal(request, error)
        text = MISSING if error.status_code == 404 else UNREADABLE
        return refusal(request, Refused(error.status_code, _reason(error.status_code), text))

    @app.exception_handler(RequestValidationError)
    def on_invalid(request: Request, error: RequestValidationError) -> Response:
        # A path that isn't a number is a page that doesn't exist; a field that doesn't fit is nonsense.
        if all(each["loc"][0] == "path" for each in error.errors()):
            return refusal(request, Refused(404, "not_found", MISSING))
        return refusal(request, Refused(422, "nonsense", UNREADABLE))

    @app.exception_handler(DBAPIError)
    @app.exception_handler(PoolTimeout)
    def on_database(request: Request, error: Exception) -> Response:
        """A full disk, a locked file, a database that is gone: nothing was kept, and we say so."""
        log.error("The database refused: %s", error)
        text = "This could not be kept just now. What was saved before is safe; try again in a few seconds."
        return refusal(request, Refused(503, "not_kept", text, saved=False, retry_after=3))

    @app.exception_handler(ClientDisconnect)
    def on_gone(request: Request, error: ClientDisconnect) -> Response:
        """Whoever sent this has gone in the middle of it: nobody reads an answer, and it is no fault of ours."""
        return Response(status_code=400)

    @app.exception_handler(Exception)
    def on_error(request: Request, error: Exception) -> Response:
        return refusal(request, Refused(500, "broken", BROKEN, **({"saved": False} if wants_json(request) else {})))


def _reason(status: int) -> str:
    return {404: "not_found", 405: "method", 401: "sign_in", 403: "forbidden"}.get(status, "refused")
