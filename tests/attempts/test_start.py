"""Starting: once, by POST, under the paper's rules."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from fractions import Fraction

import pytest
from sqlmodel import func, select

from mockhall.accounts.models import Role
from mockhall.accounts.sessions import offer_cookie
from mockhall.attempts.models import Attempt, Response
from mockhall.papers.models import Paper, PaperStatus
from mockhall.papers.versions import add_version, newest_version, plan_of, rules_of
from tests.attempts.room_of import JSON, a_paper, sit
from tests.make import START, Site, make_paper, make_person


def count(site: Site, table: type[Attempt] | type[Response]) -> int:
    with site.reading() as db:
        return int(db.exec(select(func.count()).select_from(table)).one())


def test_a_stranger_starts_without_signing_up_and_gets_the_deadline(site: Site) -> None:
    a_paper(site)
    reply = site.browser().post("/papers/mock-1/attempts", headers=JSON)
    assert reply.status_code == 201
    assert reply.json() == {
        "code": reply.json()["code"],
        "url": f"/attempts/{reply.json()['code']}",
        "deadline_at": "2026-11-22T09:30:00.000Z",
        "server_now": "2026-11-22T09:00:00.000Z",
        "questions": 5,
    }


def test_a_plain_form_is_led_into_the_room(site: Site) -> None:
    a_paper(site)
    browser = site.browser()
    reply = browser.post("/papers/mock-1/attempts", data={"name": "Asha"})
    assert reply.status_code == 303
    page = browser.get(reply.headers["location"])
    assert page.status_code == 200
    assert "Question 1" in page.text
    assert "Asha" in page.text


def test_a_second_press_returns_the_same_attempt(site: Site) -> None:
    a_paper(site)
    first = sit(site)
    again = first.browser.post("/papers/mock-1/attempts", headers=JSON)
    assert again.status_code == 200
    assert again.json()["code"] == first.code
    assert count(site, Response) == 5


def test_fifty_presses_at_once_of_one_person_make_one_attempt(site: Site) -> None:
    a_paper(site)
    with site.writing() as db:
        asha = make_person(db, "Asha")
    browser = site.signed_in(asha)
    with ThreadPoolExecutor(16) as pool:
        replies = list(pool.map(lambda _: browser.post("/papers/mock-1/attempts", headers=JSON), range(50)))
    assert sorted(reply.status_code for reply in replies) == [200] * 49 + [201]
    assert count(site, Attempt) == 1


def test_a_stranger_who_presses_twice_at_once_is_one_guest(site: Site) -> None:
    a_paper(site)
    browser = site.browser()
    browser.get("/papers/mock-1")  # gives the browser a token nobody owns yet
    assert browser.cookies, "the front page offers a cookie"
    with ThreadPoolExecutor(8) as pool:
        codes = {
            reply.json()["code"]
            for reply in pool.map(lambda _: browser.post("/papers/mock-1/attempts", headers=JSON), range(8))
        }
    assert len(codes) == 1
    assert count(site, Attempt) == 1


def test_a_get_never_starts(site: Site) -> None:
    a_paper(site)
    assert site.browser().get("/papers/mock-1/attempts").status_code == 405
    assert count(site, Attempt) == 0


def test_a_page_of_another_site_cannot_start_one(site: Site) -> None:
    a_paper(site)
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}):
        reply = site.browser().post("/papers/mock-1/attempts", headers=headers | JSON)
        assert reply.status_code == 403
        assert reply.json()["reason"] == "origin"
    assert count(site, Attempt) == 0


def test_a_paper_that_is_not_published_cannot_be_started(site: Site) -> None:
    for status in (PaperStatus.DRAFT, PaperStatus.WITHDRAWN, PaperStatus.ARCHIVED):
        with site.writing() as db:
            make_paper(db, f"paper-{status}", status=status)
        assert site.browser().post(f"/papers/paper-{status}/attempts", headers=JSON).status_code == 404
    assert site.browser().post("/papers/no-such/attempts", headers=JSON).status_code == 404


def test_the_next_start_takes_the_version_that_was_published_since(site: Site) -> None:
    a_paper(site)
    assert sit(site).state()["deadline_at"] == "2026-11-22T09:30:00.000Z"
    with site.writing() as db:
        paper = db.exec(select(Paper).where(Paper.slug == "mock-1")).one()
        old = newest_version(db, paper)
        paper.version += 1
        add_version(db, paper, rules_of(old) | {"minutes": 45}, plan_of(db, old), START)
    assert sit(site).state()["deadline_at"] == "2026-11-22T09:45:00.000Z"


def test_a_test_that_asks_for_a_code_since_lets_nobody_in_without(site: Site) -> None:
    a_paper(site)
    sit(site)
    with site.writing() as db:
        paper = db.exec(select(Paper).where(Paper.slug == "mock-1")).one()
        old = newest_version(db, paper)
        paper.version += 1
        add_version(db, paper, rules_of(old) | {"access_code": "lamp"}, plan_of(db, old), START)
    reply = site.browser().post("/papers/mock-1/attempts", headers=JSON)
    assert (reply.status_code, reply.json()["reason"]) == (403, "code_needed")
    assert count(site, Attempt) == 1


def test_a_test_withdrawn_since_the_last_start_cannot_be_started(site: Site) -> None:
    a_paper(site)
    sit(site)
    with site.writing() as db:
        db.exec(select(Paper).where(Paper.slug == "mock-1")).one().status = PaperStatus.WITHDRAWN
    assert site.browser().post("/papers/mock-1/attempts", headers=JSON).status_code == 404
    assert count(site, Attempt) == 1


def test_it_opens_and_closes_by_the_servers_clock(site: Site) -> None:
    a_paper(site, opens_at=START + timedelta(minutes=1), closes_at=START + timedelta(minutes=11))
    early = site.browser().post("/papers/mock-1/attempts", headers=JSON)
    assert (early.status_code, early.json()["reason"]) == (409, "not_open")
    assert early.json()["opens_at"] == "2026-11-22T09:01:00.000Z"
    site.clock.forward(minutes=1)
    on_time = site.browser().post("/papers/mock-1/attempts", headers=JSON)
    assert on_time.json()["deadline_at"] == "2026-11-22T09:11:00.000Z"  # closes before 30 minutes are over
    site.clock.forward(minutes=10)
    late = site.browser().post("/papers/mock-1/attempts", headers=JSON)
    assert (late.status_code, late.json()["reason"]) == (409, "closed")


def test_attempts_run_out(site: Site) -> None:
    a_paper(site, attempts_allowed=2)
    first = sit(site)
    first.submit()
    second = sit(site, first.browser)
    assert second.code != first.code
    second.submit()
    third = first.browser.post("/papers/mock-1/attempts", headers=JSON)
    assert (third.status_code, third.json()["reason"]) == (409, "no_attempts_left")


def test_extra_time_belongs_to_the_person(site: Site) -> None:
    a_paper(site)
    with site.writing() as db:
        asha = make_person(db, "Asha", time_factor=Fraction(4, 3))
    reply = site.signed_in(asha).post("/papers/mock-1/attempts", headers=JSON)
    assert reply.json()["deadline_at"] == "2026-11-22T09:40:00.000Z"


def test_an_untimed_paper_has_no_deadline(site: Site) -> None:
    a_paper(site, minutes=None)
    sitting = sit(site)
    assert sitting.state()["deadline_at"] is None
    site.clock.forward(days=3)
    assert sitting.save(1, choice="o1").status_code == 200


def test_options_are_shuffled_per_attempt_and_stay_so(site: Site) -> None:
    a_paper(site)
    orders = set()
    for _ in range(12):
        sitting = sit(site)
        order = tuple(option["id"] for option in sitting.question(1)["options"])
        assert order == tuple(option["id"] for option in sitting.question(1)["options"])
        assert sorted(order) == ["o1", "o2", "o3", "o4"]
        orders.add(order)
    assert len(orders) > 3


def test_what_an_editor_takes_is_a_preview(site: Site) -> None:
    a_paper(site)
    with site.writing() as db:
        tara = make_person(db, "Tara", Role.EDITOR)
    sit(site, site.signed_in(tara))
    with site.reading() as db:
        assert db.exec(select(Attempt)).one().is_preview


def test_new_guests_of_one_address_are_limited_but_widely(sqlite_site: Site) -> None:
    a_paper(sqlite_site)
    object.__setattr__(sqlite_site.app.state.settings, "guest_starts_per_address", 3)
    for _ in range(3):
        sit(sqlite_site)
    reply = sqlite_site.browser().post("/papers/mock-1/attempts", headers=JSON)
    assert (reply.status_code, reply.json()["reason"]) == (429, "too_many")
    assert int(reply.headers["retry-after"]) == 600
    sqlite_site.clock.forward(minutes=10)
    sit(sqlite_site)


def test_a_name_is_kept_as_text_whatever_it_holds(site: Site) -> None:
    a_paper(site)
    sitting = sit(site, name="  <b>Ash\u202ea</b>\x07 \n =1+1 ")
    page = sitting.browser.get(f"/attempts/{sitting.code}").text
    assert "&lt;b&gt;Asha&lt;/b&gt; =1+1" in page
    assert "<b>Asha" not in page


@pytest.mark.parametrize("token", ["x" * 43, "A" * 42 + "-", "<" * 43, "a" * 42 + "=", "short"])
def test_a_cookie_that_no_token_of_ours_looks_like_is_replaced(site: Site, token: str) -> None:
    a_paper(site)
    browser = site.browser()
    browser.cookies.set("mockhall", token)
    reply = browser.post("/papers/mock-1/attempts", headers=JSON)
    given = reply.headers["set-cookie"].partition("=")[2].partition(";")[0]
    is_ours = len(token) == 43 and token.replace("-", "").isalnum()
    assert (len(given), given == token) == (43, is_ours)


def test_the_offered_cookie_is_only_offered_once(site: Site) -> None:
    assert offer_cookie is not None
    a_paper(site)
    browser = site.browser()
    browser.get("/papers/mock-1")
    token = dict(browser.cookies)
    browser.get("/papers/mock-1")
    assert dict(browser.cookies) == token
