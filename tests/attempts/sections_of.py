"""Papers whose sections come in order, and a browser in one of them."""

from typing import Any

from httpx2 import Response

from mockhall import startup
from tests.attempts.room_of import JSON, Sitting, a_paper
from tests.make import Site, single

PAGE = {"Accept": "text/html"}
THREE = {name: [single(stem=f"STEM-{name}-{n}") for n in (1, 2)] for name in ("A", "B", "C")}
TIMED = {"minutes_min": 5, "minutes_max": 20}


def timed(site: Site, minutes: int | None = 60, **rules: Any) -> None:
    """Sections A, B and C of two questions, each with 5 to 20 minutes."""
    a_paper(site, sections=THREE, minutes=minutes, sat=dict.fromkeys(THREE, TIMED), **rules)


def leave(sitting: Sitting, position: int, headers: dict[str, str] | None = None) -> Response:
    reply: Response = sitting.browser.post(f"/attempts/{sitting.code}/sections/{position}", headers=headers or JSON)
    return reply


def opens(sitting: Sitting, number: int) -> Response:
    reply: Response = sitting.browser.post(f"/attempts/{sitting.code}/questions/{number}", headers=JSON)
    return reply


def stages(sitting: Sitting) -> list[str]:
    return [each["stage"] for each in sitting.state()["sections"]]


def page(sitting: Sitting, path: str = "") -> Response:
    reply: Response = sitting.browser.get(f"/attempts/{sitting.code}{path}", headers=PAGE)
    return reply


def sweep(site: Site) -> None:
    state = site.app.state
    startup.sweep(state.settings, state.database, state.on_close, site.clock.at)
