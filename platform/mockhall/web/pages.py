"""From a template and values to a reply: pages, fragments, JSON, redirects, refusals."""

from functools import partial
from typing import Any
from urllib.parse import quote, unquote
from zoneinfo import ZoneInfo

from fastapi import Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, select_autoescape
from jinja2.bccache import Bucket

from mockhall import paths
from mockhall.settings import Settings
from mockhall.web import filters, pdf, pictures, richtext
from mockhall.web.errors import Refused, iso
from mockhall.web.static import StaticFiles

LANGUAGES = {"en": "English", "hi": "हिन्दी"}  # each by its own name
VARY = "Accept, HX-Request-Type, Cookie"
_SAID = "said"  # the cookie that carries one message over a redirect


class _Compiled(BytecodeCache):
    """Templates compiled once a process, whatever the number of apps in it: tests make thousands."""

    def __init__(self) -> None:
        self._code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """What was compiled from the same text before."""
        if bucket.key in self._code:
            bucket.bytecode_from_string(self._code[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self._code[bucket.key] = bucket.bytecode_to_string()


_COMPILED = _Compiled()


def make_environment(settings: Settings, static: StaticFiles) -> Environment:
    """The templates' environment: strict, escaping, with the house's words and pictures."""
    environment = Environment(
        loader=FileSystemLoader(paths.TEMPLATES),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=_COMPILED,
        auto_reload=False,  # a page of the room is put together from seventy templates: that many looks at the disk
    )
    environment.globals.update(
        static=static.url,
        icon=pictures.icon,
        bar=pictures.bar,
        zero=pictures.zero,
        hatch=pictures.hatch,
        rich=richtext.render,
        rich_inline=richtext.render_inline,
        site_name=settings.site_name,
        grace_seconds=settings.grace_seconds,
        language_names=LANGUAGES,
        pdf_installed=pdf.is_installed,
    )
    environment.filters.update(filters.FILTERS)
    environment.filters["local_time"] = partial(filters.local_time, zone=ZoneInfo(settings.timezone))
    return environment


def render(request: Request, template: str, status: int = 200, /, **context: Any) -> HTMLResponse:
    """A page or fragment. `person`, `path`, `theme` and `messages` are always there."""
    response = HTMLResponse(page_text(request, template, **context), status, headers={"Vary": VARY})
    if request.cookies.get(_SAID):
        response.delete_cookie(_SAID, path="/")
    return response


def page_text(request: Request, template: str, /, **context: Any) -> str:
    """What `render` replies with."""
    environment: Environment = request.app.state.templates
    said = request.cookies.get(_SAID, "")
    return environment.get_template(template).render(
        request=request,
        person=getattr(request.state, "person", None),
        path=request.url.path,
        theme=theme_of(request),
        messages=[unquote(said)] if said else [],
        **context,
    )


def theme_of(request: Request) -> str:
    """`light` or `dark` where somebody chose one, else empty."""
    wanted = request.cookies.get("theme", "")
    return wanted if wanted in {"light", "dark"} else ""


def redirect(request: Request, url: str, say: str = "") -> Response:
    """303 to one of our own pages, with a message shown there once; htmx follows by itself."""
    response = RedirectResponse(url, 303, headers={"Vary": VARY})
    if say:
        secure = request.app.state.settings.is_https
        response.set_cookie(_SAID, quote(say), max_age=60, httponly=True, samesite="lax", secure=secure)
    return response


def json_reply(content: dict[str, Any], status: int = 200) -> JSONResponse:
    """JSON that no cache keeps."""
    return JSONResponse(content, status, headers={"Vary": VARY})


class JsonText(Response):
    """The same of what is JSON already, without Starlette's round through its headers."""

    def __init__(self, text: str, status: int = 200) -> None:
        self.body, self.status_code, self.background = text.encode(), status, None
        length = (b"content-length", str(len(self.body)).encode())
        self.raw_headers = [length, (b"content-type", b"application/json"), (b"vary", VARY.encode())]


FIRST_OF_EACH = "mockhall.headers"
"""Where the Guard leaves a request's headers by name."""


def wants_json(request: Request) -> bool:
    """A script asks for JSON by name; browsers ask for HTML first."""
    accept = header(request, b"accept")
    return b"application/json" in accept and b"text/html" not in accept


def wants_fragment(request: Request) -> bool:
    """htmx asks for a piece of a page."""
    return header(request, b"hx-request-type") == b"partial"


def header(request: Request, name: bytes) -> bytes:
    """A header as it was sent, the first of that name; empty without one. Starlette's way takes ten times as long."""
    found: bytes = request.scope[FIRST_OF_EACH].get(name, b"")
    return found


def wants_page(request: Request) -> bool:
    """A browser asks for a whole page, with no message waiting to be shown on it."""
    return not (wants_json(request) or wants_fragment(request) or request.cookies.get(_SAID))


def refusal(request: Request, refused: Refused) -> Response:
    """The reply to `Refused`, in the form that was asked for."""
    extra = {key: iso(value) if hasattr(value, "isoformat") else value for key, value in refused.extra.items()}
    if wants_json(request) or request.url.path.startswith("/api/"):
        response: Response = json_reply({"reason": refused.reason, "text": refused.text, **extra}, refused.status_code)
    else:
        response = render(request, "errors/error.html", refused.status_code, **_error_context(refused, request))
    if "retry_after" in refused.extra:
        response.headers["Retry-After"] = str(refused.extra["retry_after"])
    return response


TITLES = {
    400: "That request can't be read",
    401: "Sign in first",
    403: "Not allowed",
    404: "Nothing here",
    405: "Not possible here",
    409: "Not possible now",
    410: "Too late",
    413: "Too much at once",
    415: "That request can't be read",
    422: "Something doesn't fit",
    429: "Too many tries",
    500: "Something broke on our side",
    503: "Not available just now",
}


def _error_context(refused: Refused, request: Request) -> dict[str, Any]:
    status = refused.status_code
    actions = [("Browse tests", "/")]
    wants_account = status == 401 or refused.reason == "sign_in_needed"
    if wants_account:
        actions.insert(0, ("Sign in", f"/sign-in?next={quote(refused.extra.get('next', request.url.path))}"))
    title = TITLES.get(401 if wants_account else status, "That didn't work")
    return {"status": status, "title": title, "text": refused.text, "actions": actions}
