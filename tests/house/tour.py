"""A walk through the whole site as each role, noting templates, links and forms on the way."""

import re
from collections import Counter, deque
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

from fastapi.testclient import TestClient
from jinja2.runtime import Context

from mockhall import startup
from mockhall.accounts import actions as accounts
from mockhall.accounts.models import Role
from mockhall.attempts import outage
from tests.house.linked import Page
from tests.house.taken import FRAGMENT, takes_files
from tests.house.tour_builder import build
from tests.house.tour_cohorts import with_cohorts
from tests.house.tour_form import half_written
from tests.house.tour_questions import edited
from tests.house.tour_review import sit_in_hindi, start, write_beside
from tests.kinds import gaps, kinds_paper, pairs
from tests.make import START, Site, make_paper, make_person, single

MANY, ALIKE = 3, 15
CODE = re.compile(r"/[a-z0-9]{12,16}(?=[/?])")
MOST_PAGES = 500  # a role, so that a link that makes new links comes to an end


@dataclass
class Tour:
    """What was seen on the way: templates with the names each was given, links, forms, pages."""

    site: Site
    given: dict[str, set[str]] = field(default_factory=dict)
    loaded: set[str] = field(default_factory=set)
    dead: dict[str, str] = field(default_factory=dict)
    seen: dict[str, set[str]] = field(default_factory=dict)
    forms: set[tuple[str, str]] = field(default_factory=set)
    lost_targets: set[str] = field(default_factory=set)

    def watch(self) -> None:
        """Note each template that is loaded, and the names there are whenever one is rendered."""
        tour, environment = self, self.site.app.state.templates

        class Watched(Context):
            def __init__(self, *args: Any, **more: Any) -> None:
                super().__init__(*args, **more)
                if self.name:
                    here = set(self.parent) | set(self.environment.globals)
                    tour.given[self.name] = tour.given.get(self.name, here) & here

        environment.context_class = Watched
        load = environment.loader.load

        def noted(environment: Any, name: str, globals: Any = None) -> Any:  # noqa: A002  (Jinja's name)
            self.loaded.add(name)
            return load(environment, name, globals)

        environment.loader.load = noted

    def crawl(self, role: str, browser: TestClient, *starts: str) -> None:
        """Follow every link from the front page; of addresses that differ in a value only, one; one of those of a
        page that have three fields or more, for filters can be put together in hundreds of ways; a few that differ in
        a code only."""
        queue = deque([("/", "start"), *((start, "start") for start in starts)])
        seen, counts = self.seen.setdefault(role, set()), Counter[str]()
        while queue and len(seen) < MOST_PAGES:
            path, source = queue.popleft()
            parts = urlsplit(path)
            names = sorted(name for name, _ in parse_qsl(parts.query))
            shape = f"{parts.path}?{names if len(names) < MANY else 'many'}"
            alike = CODE.sub("/*", shape)
            if shape in seen or counts[alike] >= ALIKE:
                continue
            counts[alike] += 1
            seen.add(shape)
            reply = browser.get(path)
            if reply.status_code >= 400 and not (reply.status_code == 403 and parts.path.endswith("/review")):
                self.dead[f"{role}: {path}"] = f"{reply.status_code}, linked on {source}"
            if "location" in reply.headers:
                queue.append((reply.headers["location"], path))
            if reply.headers.get("content-type", "").startswith("text/html"):
                queue.extend((link, path) for link in self._read(path, reply.text))

    def _read(self, path: str, text: str) -> list[str]:
        """Note a page's forms; return its links to this site."""
        page = Page(text)
        self.forms |= {(method, urlsplit(urljoin(path, action)).path) for method, action in page.forms}
        self.lost_targets |= {f"{path}: {t}" for t in page.targets if t.startswith("#") and t[1:] not in page.ids}
        inside = [link for link in page.links if link.startswith("#") and link != "#"]
        self.dead |= {f"{path}{link}": "no such id" for link in inside if link[1:] not in page.ids}
        return [urljoin(path, link) for link in page.links if link.startswith(("/", "?"))]


def walk(tour: Tour) -> None:
    site = tour.site
    with site.writing() as db:
        make_paper(db)
        spoken = {"First": [single(translations={"hi": {"stem": "कौन?"}})]}
        languages = ["en", "hi"]
        make_paper(db, "practice-1", spoken, title="Tools", practice=True, calculator=True, languages=languages)
        make_paper(db, "hindi-1", spoken, title="In two languages", languages=languages)
        one_by_one = {"First": {"one_way": True, "question_seconds": 60}}
        make_paper(db, "ordered-1", title="In order", certainty=True, sat=one_by_one)
        make_paper(db, "contest-1", reveal="contest", closes_at=START + timedelta(days=9), title="Contest")
        cast = [make_person(db, name, role) for name, role in
                (("Ravi", Role.STUDENT), ("Tara", Role.EDITOR), ("Sita", Role.STAFF), ("Ada", Role.ADMIN))]  # fmt: skip
        link = accounts.new_link(db, cast[0], site.clock.at)
    kinds_paper(site)
    browsers = {person.name: site.signed_in(person) for person in cast}
    browsers |= {"guest": site.browser(), "stranger": site.browser()}
    for path in (f"/reset/{link}", "/reset/none", "/nowhere", "/account"):
        browsers["stranger"].get(path)
    for name in ("guest", "Ravi"):
        sit_two_papers(browsers[name])
        sit_kinds(browsers[name])
        sit_in_hindi(browsers[name])
        with_tools(browsers[name])
        sit_on(site, browsers[name])
        sit_in_order(browsers[name])
    at_the_desk(browsers["Ada"])
    build(site, browsers["Ada"], browsers["Ravi"])
    in_the_staff_room(site, browsers["Ada"])
    with_cohorts(site, browsers)
    takes_files(browsers["Ada"])
    for role, browser in browsers.items():
        tour.crawl(role, browser, "/sign-in", "/attempts")


def sit_kinds(browser: TestClient) -> None:
    """An answer of each kind in parts, half right."""
    room = start(browser, "kinds")
    for number, answer in enumerate(({"choice": "t"}, pairs(l1="r2"), {"choice": ["i1", "i2"]}, gaps("c1", "x")), 1):
        browser.post(f"{room}/responses/{number}", data=answer | {"then": "next"})
    browser.get(room)
    browser.post(f"{room}/submission")
    browser.get(f"{room}/review")


def sit_in_order(browser: TestClient) -> None:
    """The way on from a question that can't be gone back to, and from a section."""
    room = start(browser, "ordered-1")
    for path in (room, f"{room}/questions/2", f"{room}/sections/1"):
        for headers in ({}, FRAGMENT):
            assert browser.get(path, headers=headers).status_code == 200


def sit_two_papers(browser: TestClient) -> None:
    """A few answers of each kind, handed in; the contest is closed to its review."""
    for slug in ("mock-1", "contest-1"):
        room = start(browser, slug)
        for number, answer in ((1, {"choice": "o1"}), (2, {"choice": "o2"}), (3, {"text": "41"})):
            browser.post(f"{room}/responses/{number}", data=answer | {"active_ms": 9000 * number, "then": "mark_next"})
        browser.post(f"{room}/responses/3", data={"text": "no number", "then": "next"})
        for path in (room, f"{room}/submission"):
            browser.get(path)
        browser.get(f"{room}/submission", headers=FRAGMENT)
        browser.post(f"{room}/submission")
        for path in ("result", "review", "what-if", "share"):
            browser.get(f"{room}/{path}")
        write_beside(browser, room)
        browser.get(browser.post(f"{room}/share", headers={"Accept": "application/json"}).json()["url"])


def with_tools(browser: TestClient) -> None:
    """A practice attempt with the room's tools, left paused."""
    room = start(browser, "practice-1")
    for path in (room, f"{room}/paper", f"{room}/instructions", f"{room}/scratch"):
        browser.get(path)
        browser.get(path, headers=FRAGMENT)
    browser.get("/continue")
    for headers in ({}, FRAGMENT):
        browser.post(f"{room}/device-codes", headers=headers)
    browser.post(f"{room}/scratch", data={"text": "x" * 20_001})
    browser.post(f"{room}/pause")
    browser.get(f"{room}/pause")


def sit_on(site: Site, browser: TestClient) -> None:
    """An attempt looked at between its deadline and the end of the grace; another that goes on."""
    room = start(browser)
    began = site.clock.at
    site.clock.forward(minutes=30, seconds=2)
    assert "Refresh" in browser.get(f"{room}/result").headers
    site.clock.at = began
    browser.get(room)


def at_the_desk(browser: TestClient) -> None:
    """The forms of the desk in the states that no link leads to."""
    code = re.findall(r"/desk/questions/([a-z0-9]{12})", browser.get("/desk/questions").text)[0]
    for path in ("/desk/questions", f"/desk/papers/uses/{code}", "/papers"):
        browser.get(path, headers=FRAGMENT)
    for headers in ({}, FRAGMENT):
        for then in ("save", "add_row"):
            browser.post("/desk/questions", data={"kind": "single", "then": then}, headers=headers)
        for kind in ("true_false", "match", "order", "cloze"):
            sent = {"kind": kind, "stem": "[[1]]", "then": "kind"}
            browser.post("/desk/questions", data=sent, headers=headers)
        browser.post("/desk/questions/preview", data={"kind": "numeric", "value": "1/3"}, headers=headers)
        browser.post(
            f"/desk/questions/{code}", data={"kind": "single", "stem": "Else?", "version": "0"}, headers=headers
        )
        browser.post("/desk/papers/mock-1/status", data={"then": "publish"}, headers=headers)
    browser.post("/desk/papers", data={"title": ""})
    edited(browser, code)
    for sent in ({"then": "tag"}, {"then": "tag", "word": "new"}, {"then": "move"}, {"then": "retired", "all": "1"}):
        reply = browser.post("/desk/questions/bulk", data={"question": code} | sent)
        browser.get(reply.headers.get("location", "/desk/questions?tag=new"))
    for sent in ({"name": "New", "tag": "new"}, {"name": "All"}):
        browser.get(browser.post("/desk/questions/views", data=sent).headers.get("location", "/desk/questions?tag=x"))
    for sent in ({}, {"question": code}):
        browser.post("/desk/papers/put", data=sent)
    half_written(browser, code)


def in_the_staff_room(site: Site, browser: TestClient) -> None:
    """A test's room in its states: somebody works, answers came late, the server was down."""
    sat, began = site.browser(), site.clock.at
    room = start(sat)
    with site.writing() as db:
        outage.beat(db, began + timedelta(minutes=20))
    site.clock.forward(minutes=31)
    state = site.app.state
    startup.sweep(state.settings, state.database, state.on_close, site.clock.at)
    desk = f"/desk{room}"
    for number in (1, 5):
        sat.post(f"{room}/responses/{number}", data={"choice": "o1", "seq": 1, "claimed_at": began.isoformat()})
        browser.get(desk)
        browser.post(f"{desk}/late")
    browser.get(desk)
    for page in ("room", "project"):
        browser.get(f"/desk/papers/mock-1/{page}", headers=FRAGMENT)
    for who in ("a", "asha@example.edu"):
        sent = {"who": who, "closes": "2027-01-31T09:00", "reason": "Ill"}
        browser.post("/desk/papers/mock-1/accommodations", data=sent)
    browser.get("/desk/papers/mock-1/accommodations")
    site.clock.at = began
