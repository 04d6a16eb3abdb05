"""The room's page as it is kept is, byte for byte, the one the app would make now; a stranger never gets it."""

import gzip
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from httpx2 import Response
from sqlmodel import select

from mockhall.accounts.models import LoginSession, Person, Role
from mockhall.attempts import lane_routes, pages
from mockhall.attempts.kept_pages import KeptPages, Page
from mockhall.attempts.marks import mark
from mockhall.attempts.models import Attempt
from tests.attempts.room_of import Sitting, a_paper, sit
from tests.attempts.sections_of import TIMED
from tests.make import Site, make_person, multiple, numeric, single, text
from tests.servers.count import Counted

QUESTIONS = 5
HEADERS = ("content-type", "content-encoding", "vary", "cache-control", "content-security-policy", "location")


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Counted:
    """How many pages were made, and not taken from those kept."""
    counted = Counted(pages.room_page)
    monkeypatch.setattr(pages, "room_page", counted)
    return counted


def by_the_app(asha: Sitting, path: str, **headers: str) -> Response:
    """What the app's own route replies."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lane_routes, "look", lambda *_: None)
        reply: Response = asha.browser.get(path, headers=headers)
        return reply


def compare(asha: Sitting, coding: str = "gzip") -> None:
    """Addresses of the room, made and kept, beside what the app replies."""
    room = f"/attempts/{asha.code}"
    for path in [room, f"{room}/questions/2", f"{room}/questions/{QUESTIONS + 1}"]:
        anew = by_the_app(asha, path, **{"accept-encoding": coding})
        for _ in range(2):
            kept = asha.browser.get(path, headers={"accept-encoding": coding})
            assert kept.status_code == anew.status_code, path
            assert [kept.headers.get(each) for each in HEADERS] == [anew.headers.get(each) for each in HEADERS]
            assert kept.text == anew.text


PLAIN: dict[str, Any] = {}
STRICT = {"save_policy": "strict_cbt"}
PRACTICE = {"practice": True}
TIMED_SECTIONS = {"sat": {"First": TIMED, "Second": TIMED}}
ONE_WAY = {"sat": {"First": {"one_way": True}}}
QUESTION_TIMES = {"sat": {"First": {"question_seconds": 60}}}


@pytest.mark.parametrize(
    "rules", [PLAIN, STRICT, PRACTICE, {"minutes": None}, TIMED_SECTIONS, ONE_WAY, QUESTION_TIMES],
    ids=["plain", "strict", "practice", "untimed", "timed sections", "one way", "question times"],
)  # fmt: skip
def test_whatever_a_candidate_does_the_page_is_the_apps(site: Site, rules: dict[str, Any]) -> None:
    sections = {"First": [single(), multiple(), numeric(), text()], "Second": [single(1)]}
    a_paper(site, sections=sections, title="A <title> & more", **rules)
    asha = sit(site, name="Asha <&>")
    room = f"/attempts/{asha.code}"

    def post(path: str, **fields: Any) -> Callable[[], object]:
        return lambda: asha.browser.post(f"{room}{path}", data=fields)

    steps: list[Callable[[], object]] = [
        lambda: None,
        lambda: asha.save(1, choice="o2", seq=1, tab="x"),
        lambda: asha.save(1, choice="o3", seq=2, tab="x", base=1, then="goto:3"),
        lambda: asha.save(2, choice=["o1", "o2"], marked="1", seq=1, tab="x", visited="3"),
        lambda: asha.save(1, seq=3, tab="x", base=2, active_ms=400),
        lambda: site.clock.forward(seconds=7),
        post("/pause"), post("/resume"), post("/sections/1"), post("/questions/2"),
        lambda: site.clock.forward(seconds=60),
        lambda: asha.save(2, choice="o1", seq=2, tab="y", base=1),
        post("/language", language="en"),
        lambda: asha.browser.cookies.set("theme", "dark"),
        lambda: site.clock.forward(minutes=18),
        lambda: site.clock.forward(minutes=10),
        lambda: site.clock.forward(seconds=47),
        post("/submission"),
    ]  # fmt: skip
    for step in steps:
        step()
        compare(asha)


CHANGED: dict[str, Any] = {
    "candidate": "Somebody <else>", "current": 3, "deadline_at": 600.0, "started_at": -600.0, "paused_seconds": 60,
    "extra_seconds": 60, "strict": True, "roll": "R-7", "scratch": "12 + 30", "seen_at": 1.0, "language": "hi",
    "is_preview": True,
}  # fmt: skip
"""Columns of an attempt that runs, each with another value; of instants, by how many seconds they move."""


@pytest.mark.parametrize("column", CHANGED)
def test_a_change_of_an_attempt_shows_at_once(site: Site, column: str) -> None:
    a_paper(site)
    asha = sit(site, name="Asha")
    compare(asha, "identity")
    _change(site, Attempt, column)
    compare(asha, "identity")


def _change(site: Site, kind: type[Any], column: str) -> None:
    value = CHANGED[column]
    with site.writing() as db:
        row = db.exec(select(kind)).first()
        if column.endswith("_at"):
            value = (getattr(row, column) or site.clock.at) + timedelta(seconds=value)
        setattr(row, column, value)
        db.add(row)


@pytest.mark.parametrize(("column", "value"), [("name", "Asha <B>"), ("email", "a&b@example.edu"), ("role", "editor")])
def test_a_change_of_the_person_shows_at_once(site: Site, column: str, value: str) -> None:
    with site.writing() as db:
        person = make_person(db, "Asha")
    a_paper(site)
    asha = sit(site, site.signed_in(person))
    compare(asha)
    with site.writing() as db:
        found = db.get_one(Person, person.id)
        setattr(found, column, value)
        db.add(found)
    compare(asha)


def test_what_stands_still_is_made_once_and_made_again_after_a_save(site: Site, made: Counted) -> None:
    a_paper(site)
    asha = sit(site)
    room = f"/attempts/{asha.code}"
    pages_seen = []
    for _ in range(3):
        site.clock.forward(seconds=5)
        pages_seen.append(asha.browser.get(room).text)
    assert made.count == 1
    assert len(set(pages_seen)) == 3  # the clock in them goes on
    asha.save(4, text="gather", seq=1, tab="x")
    assert "gather" in asha.browser.get(room).text
    assert made.count == 2


def test_time_given_and_taken_back_shows_at_once(site: Site) -> None:
    a_paper(site)
    asha = sit(site)
    with site.writing() as db:
        sita = make_person(db, "Sita", Role.STAFF)
    staff = site.signed_in(sita)
    for minutes in ("5", "-5"):
        compare(asha)
        staff.post(f"/desk/attempts/{asha.code}/time", data={"minutes": minutes})
    compare(asha)


def test_nobody_else_gets_a_kept_page(site: Site) -> None:
    a_paper(site)
    asha, ben = sit(site), sit(site)
    path = f"/attempts/{asha.code}"
    assert asha.browser.get(path).status_code == 200
    assert ben.browser.get(path).status_code == 404
    assert site.browser().get(path).status_code == 401
    with site.writing() as db:
        for row in db.exec(select(LoginSession)).all():
            row.revoked_at = site.clock.at
            db.add(row)
    assert asha.browser.get(path).status_code == 401


def test_who_is_disabled_gets_no_kept_page(site: Site) -> None:
    with site.writing() as db:
        person = make_person(db, "Asha")
    a_paper(site)
    asha = sit(site, site.signed_in(person))
    assert asha.browser.get(f"/attempts/{asha.code}").status_code == 200
    with site.writing() as db:
        found = db.get_one(Person, person.id)
        found.disabled_at = site.clock.at
        db.add(found)
    assert asha.browser.get(f"/attempts/{asha.code}").status_code == 401


def test_scripts_and_pieces_get_what_they_ask_for(site: Site) -> None:
    a_paper(site)
    asha = sit(site)
    path = f"/attempts/{asha.code}"
    assert asha.browser.get(path).status_code == 200
    assert asha.browser.get(path, headers={"Accept": "application/json"}).json()["code"] == asha.code
    assert "<html" not in asha.browser.get(f"{path}/questions/2", headers={"HX-Request-Type": "partial"}).text
    assert asha.browser.get(f"{path}/questions/x").status_code == 404


def test_a_message_is_shown_once(site: Site) -> None:
    a_paper(site)
    asha = sit(site)
    path = f"/attempts/{asha.code}"
    asha.browser.get(path)
    asha.browser.cookies.set("said", "Well%20met")
    said = asha.browser.get(path)
    assert "Well met" in said.text
    assert 'said=""' in said.headers["set-cookie"]


def test_a_page_that_changed_while_it_was_made_is_not_kept(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    a_paper(site)
    asha = sit(site)
    make = pages.room_page

    async def slow(*given: Any) -> Any:
        page = await make(*given)
        with site.writing() as db:  # as a save in that moment would
            row = db.exec(select(Attempt)).one()
            row.current = 2
            db.add(row)
        return page

    monkeypatch.setattr(pages, "room_page", slow)
    asha.browser.get(f"/attempts/{asha.code}")
    assert not site.app.state.lane.rooms.weight


def test_pages_are_forgotten_oldest_first_when_they_weigh_too_much() -> None:
    kept = KeptPages(most=5_000)
    for name in "abc":
        kept.put(name, 1, Page(name * 1_000))
    assert kept.get("a", 1) is None
    assert kept.get("b", 1)
    kept.put("d", 1, Page("d" * 1_000))
    assert (kept.get("c", 1), bool(kept.get("b", 1))) == (None, True)
    assert kept.get("b", 2) is None
    kept.clear()
    assert kept.weight == 0


@pytest.mark.parametrize("now", ["", "12:00", "ü" * 30_000], ids=["nothing", "a time", "much"])
def test_a_page_put_together_compressed_is_read_as_the_plain_one(now: str) -> None:
    page = Page(f"Before, before, before {mark('now')} after, before, after")
    plain, zipped = (bytes(page.reply({"now": now}, zips=zips).body) for zips in (False, True))
    assert plain.decode() == f"Before, before, before {now} after, before, after"
    assert gzip.decompress(zipped) == plain
