"""Other times and attempts of a person or a cohort: at the start, on the front page, in the reveal."""

from datetime import datetime, timedelta
from typing import Any

from fastapi.testclient import TestClient
from sqlmodel import Session, select

from mockhall.accounts import cohorts
from mockhall.accounts.models import Cohort, Person, Role
from mockhall.attempts.extra_time import follow_factor
from mockhall.exam.clock import TIME_FACTORS
from mockhall.exam.terms import Accommodation
from mockhall.papers import accommodations
from mockhall.papers.accommodations import Whom
from mockhall.papers.models import Paper, PaperAccommodation
from tests.accounts.cohorts_of import cohort_of
from tests.attempts.room_of import JSON, sit
from tests.make import START, Site, make_paper, make_person

HOUR = timedelta(hours=1)
FACTOR = TIME_FACTORS[3]  # half as much again


def give(db: Session, paper: Paper, whom: Whom, **said: Any) -> None:
    """Sita, staff, gives it."""
    query = select(Person).where(Person.email == "sita@example.edu")
    sita = db.exec(query).first() or make_person(db, "Sita", Role.STAFF)
    given = Accommodation(whom.person is not None, **said)
    accommodations.give(db, paper, whom, given, "Agreed", sita, START)


def asha_with(site: Site, of: str = "person", factor: Any = None, **rules: Any) -> TestClient:
    """Asha, signed in, for whom the test `mock-1` is otherwise as `own` of the rules says, as a person or by her
    cohort. It is open from 9:00 to 10:00, half an hour, where the rules don't say else."""
    own = rules.pop("own")
    with site.writing() as db:
        paper = make_paper(db, **({"closes_at": START + HOUR} | rules))
        asha = make_person(db, "Asha", **({"time_factor": factor} if factor else {}))
        make_person(db, "Ben")
        cohort = cohort_of(db, asha, name="A")
        give(db, paper, Whom(asha) if of == "person" else Whom(cohort=cohort), **own)
    return site.signed_in(asha)


def ben(site: Site) -> TestClient:
    """Ben, who has nothing otherwise."""
    with site.reading() as db:
        return site.signed_in(db.exec(select(Person).where(Person.email == "ben@example.edu")).one())


def start(browser: TestClient) -> tuple[int, str]:
    """Press Start: the status, and the reason or the deadline."""
    reply = browser.post("/papers/mock-1/attempts", headers=JSON)
    said = reply.json()
    return reply.status_code, str(said.get("reason") or said["deadline_at"])


def utc(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def test_an_own_closing_lets_a_person_start_when_the_test_has_closed(site: Site) -> None:
    asha = asha_with(site, own={"closes_at": START + 5 * HOUR})
    site.clock.forward(hours=4, minutes=45)
    assert start(ben(site)) == (409, "closed")
    assert start(asha) == (201, utc(START + 5 * HOUR))
    code = asha.post("/papers/mock-1/attempts", headers=JSON).json()["code"]
    assert "it closes for you on" in asha.get(f"/attempts/{code}/instructions").text


def test_an_own_closing_is_not_moved_by_extra_time_nor_by_a_hard_close(site: Site) -> None:
    asha = asha_with(site, own={"closes_at": START + 2 * HOUR}, factor=FACTOR, hard_close=True)
    site.clock.forward(minutes=100)
    assert start(asha) == (201, utc(START + 2 * HOUR))


def test_a_cohort_s_closing_is_moved_by_extra_time_as_the_test_s_is_and_passes_no_hard_close(site: Site) -> None:
    asha = asha_with(site, "cohort", own={"closes_at": START + 2 * HOUR}, factor=FACTOR)
    site.clock.forward(minutes=100)
    assert start(asha) == (201, utc(START + timedelta(minutes=135)))
    with site.writing() as db:
        make_paper(db, "hard", closes_at=START + HOUR, hard_close=True)
        paper = db.exec(select(Paper).where(Paper.slug == "hard")).one()
        give(db, paper, Whom(cohort=cohorts.new(db, "B", START, None)), closes_at=START + 5 * HOUR)
        give(db, paper, Whom(cohort=db.exec(select(Cohort)).first()), closes_at=START + 5 * HOUR)
    reply = asha.post("/papers/hard/attempts", headers=JSON)
    assert (reply.status_code, reply.json()["reason"]) == (409, "closed")


def test_an_own_opening_is_waited_for_and_shown(site: Site) -> None:
    asha = asha_with(site, own={"opens_at": START + HOUR, "closes_at": START + 3 * HOUR})
    assert start(asha) == (409, "not_open")
    front = asha.get("/papers/mock-1", headers=JSON).json()
    assert (front["door"], front["opens_at"], front["closes_at"]) == ("early", utc(START + HOUR), utc(START + 3 * HOUR))
    page = asha.get("/papers/mock-1").text
    assert "times or attempts of your own" in page
    assert "times or attempts of your own" not in ben(site).get("/papers/mock-1").text
    assert start(ben(site))[0] == 201
    site.clock.forward(hours=1)
    assert start(asha)[0] == 201


def test_more_attempts_and_no_wait_are_for_who_has_them_alone(site: Site) -> None:
    asha = asha_with(site, "cohort", own={"more_attempts": 1, "no_wait": True}, attempts_allowed=1, wait_minutes=60)
    for browser, again in ((ben(site), (409, "no_attempts_left")), (asha, (201, utc(START + HOUR / 2)))):
        sit(site, browser).submit()
        assert start(browser) == again
    assert "1 of 2 left" not in asha.get("/papers/mock-1").text
    assert asha.get("/papers/mock-1", headers=JSON).json()["attempts_left"] == 0
    assert asha.post("/papers/mock-1/attempts", headers=JSON).status_code == 200  # the one that runs


def test_an_archived_cohort_gives_nothing_and_what_is_taken_back_holds_no_more(site: Site) -> None:
    asha = asha_with(site, "cohort", own={"closes_at": START + 5 * HOUR})
    site.clock.forward(hours=2)
    with site.writing() as db:
        cohort = db.exec(select(Cohort)).one()
        cohort.archived_at = START
        db.add(cohort)
    assert start(asha) == (409, "closed")
    with site.writing() as db:
        paper, person = db.exec(select(Paper)).one(), db.exec(select(Person).where(Person.name == "Asha")).one()
        give(db, paper, Whom(person), closes_at=START + 5 * HOUR)
    assert asha.get("/papers/mock-1", headers=JSON).json()["door"] == "open"
    with site.writing() as db:
        for row in db.exec(select(PaperAccommodation)).all():
            accommodations.remove(db, db.exec(select(Paper)).one(), row, db.exec(select(Person)).first(), START)
    assert start(asha) == (409, "closed")


def test_answers_wait_for_the_last_own_closing(site: Site) -> None:
    asha_with(site, own={"closes_at": START + 5 * HOUR}, reveal="contest")
    sitting = sit(site, ben(site))
    sitting.submit()
    review = f"/attempts/{sitting.code}/review"
    site.clock.forward(hours=2)
    reply = sitting.browser.get(review, headers=JSON)
    assert (reply.status_code, reply.json().get("opens_at")) == (403, utc(START + 5 * HOUR + timedelta(seconds=5)))
    site.clock.forward(hours=3, seconds=5)
    assert sitting.browser.get(review, headers=JSON).status_code == 200


def test_minutes_and_a_new_factor_go_by_the_own_closing(site: Site) -> None:
    asha = asha_with(site, own={"closes_at": START + 3 * HOUR}, hard_close=True)
    site.clock.forward(minutes=150)
    assert start(asha) == (201, utc(START + 3 * HOUR))
    with site.writing() as db:
        person = db.exec(select(Person).where(Person.name == "Asha")).one()
        person.time_factor = FACTOR
        db.add(person)
        assert follow_factor(db, person, site.clock.at) == 0
    sita = site.signed_in(_sita(site))
    given = sita.post("/desk/papers/mock-1/time", data={"minutes": "10"}, headers=JSON).json()
    assert (given["given_to"], given["cut_short"]) == (0, 1)


def _sita(site: Site) -> Person:
    with site.reading() as db:
        found: Person = db.exec(select(Person).where(Person.email == "sita@example.edu")).one()
        return found


def test_a_pause_ends_with_the_own_closing(site: Site) -> None:
    asha = asha_with(site, own={"closes_at": START + 3 * HOUR}, practice=True)
    sitting = sit(site, asha)
    asha.post(f"/attempts/{sitting.code}/pause")
    assert sitting.state()["deadline_at"] == utc(START + 3 * HOUR)
    site.clock.forward(hours=2)
    asha.post(f"/attempts/{sitting.code}/resume")
    assert sitting.state()["deadline_at"] == utc(START + timedelta(minutes=150))


def test_what_a_guest_was_given_goes_with_them_into_their_account(site: Site) -> None:
    with site.writing() as db:
        paper = make_paper(db, closes_at=START + HOUR)
        asha = make_person(db, "Asha")
    guest = site.browser()
    sit(site, guest, name="Guest").submit()
    with site.writing() as db:
        person = db.exec(select(Person).where(Person.name == "Guest")).one()
        give(db, db.get_one(Paper, paper.id), Whom(person), closes_at=START + 5 * HOUR)
    site.clock.forward(hours=2)
    guest.post("/sign-in", data={"email": asha.email, "password": "correct horse battery"})
    assert start(guest)[0] == 201
