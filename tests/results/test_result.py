"""The score breakdown: an example worked by hand, who may see it, and what stands there before its time."""

from fractions import Fraction

import pytest
from sqlmodel import col, select

from mockhall.accounts.models import Role
from mockhall.attempts.models import Attempt, AttemptState
from mockhall.results.models import ScoreRow
from tests.make import Site, multiple, queries, single
from tests.results.sitting import (
    EXAMPLE_ANSWERS,
    JSON,
    begin,
    browse,
    chose,
    example_paper,
    hand_in,
    paper,
    person,
    reload,
    sit,
)  # fmt: skip


def test_the_example_gives_the_json_worked_by_hand(site: Site) -> None:
    asha = person(site, "Asha")
    attempt = sit(site, example_paper(site), asha, EXAMPLE_ANSWERS)
    reply = browse(site, asha).get(f"/attempts/{attempt.code}/result", headers=JSON)
    assert reply.json() == {
        "score": "11/3",
        "max": "16",
        "percentile": 100.0,
        "rank": 1,
        "n": 1,
        "unsaved": None,
        "rulings": [],
        "unsaved_marks": None,
        "sections": [
            {"title": "First", "score": "14/3", "max": "13", "right": 1, "partly": 1, "wrong": 1, "blank": 1},
            {"title": "Second", "score": "-1", "max": "3", "right": 0, "partly": 0, "wrong": 1, "blank": 0},
        ],
        "questions": [
            {"number": 1, "outcome": "right", "marks": "3"},
            {"number": 2, "outcome": "partly", "marks": "2"},
            {"number": 3, "outcome": "wrong", "marks": "-1/3"},
            {"number": 4, "outcome": "blank", "marks": "0"},
            {"number": 5, "outcome": "wrong", "marks": "-1"},
        ],
    }
    assert "Accept" in reply.headers["vary"]


def test_the_page_shows_the_numbers_of_the_example(site: Site) -> None:
    asha = person(site, "Asha")
    attempt = sit(site, example_paper(site), asha, EXAMPLE_ANSWERS)
    page = browse(site, asha).get(f"/attempts/{attempt.code}/result").text
    assert 'aria-label="Score 3.67 of 16: 5 marks gained, 1.33 lost"' in page
    assert "Negative marking cost you 1.33 marks." in page
    assert "1 right, 1 partly right, 2 wrong, 1 not answered" in page
    assert "2 answers took marks away; left blank, they would have made it 5." in page
    assert "not enough data yet" in page
    assert "Time per question needs JavaScript" in page
    assert '<th scope="row" class="wide">Routing</th>' in page
    assert "Asha" in page
    assert "is kept in this browser only" not in page


def test_section_topic_and_difficulty_each_add_up_to_the_score(site: Site) -> None:
    from mockhall.results.sheet import sheet

    attempt = sit(site, example_paper(site), person(site, "Asha"), EXAMPLE_ANSWERS)
    with site.reading() as db:
        found = sheet(db, attempt, site.clock.at, site.app.state.settings.grace)
    for groups in (found.sections, found.topics, found.difficulties):
        assert sum(each.score or 0 for each in groups) == Fraction(11, 3) == found.overall.score
        assert sum(each.count for each in groups) == 5
    assert [each.title for each in found.topics] == ["Routing", "Numbers", "Words"]
    assert [each.title for each in found.difficulties] == ["Easy", "Medium", "Advanced"]


def test_a_question_floor_lifts_what_a_wrong_answer_costs(site: Site) -> None:
    asha = person(site, "Asha")
    made = paper(site, sections={"Only": [single(scheme={"floor": "-1/2"}), single()]})
    attempt = sit(site, made, asha, {1: chose("o2"), 2: chose("o2")})
    found = browse(site, asha).get(f"/attempts/{attempt.code}/result", headers=JSON).json()
    assert [each["marks"] for each in found["questions"]] == ["-0.5", "-1"]
    assert found["score"] == "-1.5"


def test_only_its_owner_reaches_a_result_and_a_review(site: Site) -> None:
    attempt = sit(site, example_paper(site), person(site, "Asha"), EXAMPLE_ANSWERS)
    strangers = [person(site, "Ravi"), person(site, "Tara", Role.EDITOR), person(site, "Zoe", Role.STAFF)]
    for page in ("result", "review"):
        for stranger in strangers:
            for headers in ({}, JSON):
                reply = browse(site, stranger).get(f"/attempts/{attempt.code}/{page}", headers=headers)
                assert reply.status_code == 404
                assert "Asha" not in reply.text
        assert site.browser().get(f"/attempts/{attempt.code}/{page}", headers=JSON).json()["reason"] == "sign_in"
        assert site.browser().get(f"/attempts/nosuchcode/{page}").status_code == 401
        assert browse(site, strangers[0]).get(f"/attempts/nosuchcode/{page}").status_code == 404


def test_a_guest_is_told_where_the_result_is_kept(site: Site) -> None:
    guest = person(site, "", Role.GUEST)
    attempt = sit(site, example_paper(site), guest, EXAMPLE_ANSWERS)
    page = browse(site, guest).get(f"/attempts/{attempt.code}/result").text
    assert "This result is kept in this browser only." in page
    assert f'href="/sign-up?next=/attempts/{attempt.code}/result"' in page
    assert "by Guest" in page


@pytest.mark.parametrize("role", [Role.GUEST, Role.STUDENT])
def test_finish_on_this_computer_is_a_plain_form_that_signs_out(sqlite_site: Site, role: Role) -> None:
    somebody = person(sqlite_site, "Asha", role)
    attempt = sit(sqlite_site, example_paper(sqlite_site), somebody, EXAMPLE_ANSWERS)
    page = browse(sqlite_site, somebody).get(f"/attempts/{attempt.code}/result").text
    form = page[page.index('id="whose"') :]
    assert '<form class="mt" action="/sign-out" method="post"><input type="hidden" name="next" value="/">' in form
    assert form.index("<summary>Finish on this computer") < form.index("Yes, finish"), "asked once more"
    assert ("your other attempts, and any test you are still working on" in form) is (role is Role.GUEST)
    assert "belongs to Asha" in form


def test_a_running_attempt_leads_back_to_its_room(site: Site) -> None:
    asha, made = person(site, "Asha"), example_paper(site)
    with site.writing() as db:
        attempt = begin(db, site, made, asha)
    for page in ("result", "review"):
        reply = browse(site, asha).get(f"/attempts/{attempt.code}/{page}")
        assert (reply.status_code, reply.headers["location"]) == (303, f"/attempts/{attempt.code}")


def test_in_the_grace_window_the_page_waits_and_refreshes_itself(site: Site) -> None:
    asha, made = person(site, "Asha"), example_paper(site)
    with site.writing() as db:
        attempt = begin(db, site, made, asha, EXAMPLE_ANSWERS)
    browser = browse(site, asha)
    site.clock.forward(minutes=30, seconds=2)
    page = browser.get(f"/attempts/{attempt.code}/result")
    assert "Time is up. Your answers are being handed in" in page.text
    assert page.headers["refresh"] == "4"  # three seconds of grace are left, and one to be past them
    reply = browser.get(f"/attempts/{attempt.code}/result", headers=JSON)
    assert reply.json() == {"state": "in_progress", "reason": "closing"}
    site.clock.forward(seconds=4)
    assert browser.get(f"/attempts/{attempt.code}/result", headers=JSON).json()["score"] == "11/3"


def test_whoever_looks_closes_an_attempt_whose_time_is_over(site: Site) -> None:
    asha, made = person(site, "Asha"), example_paper(site)
    with site.writing() as db:
        attempt = begin(db, site, made, asha, EXAMPLE_ANSWERS)
    site.clock.forward(hours=2)
    page = browse(site, asha).get(f"/attempts/{attempt.code}/result").text
    assert "handed in by itself when time was up" in page
    stored = reload(site, attempt)
    assert (stored.state, stored.finished_at) == (AttemptState.SCORED, attempt.deadline_at)


@pytest.mark.parametrize("state", [AttemptState.ABANDONED, AttemptState.VOIDED])
def test_an_attempt_without_a_score_says_so(sqlite_site: Site, state: AttemptState) -> None:
    site = sqlite_site
    asha = person(site, "Asha")
    attempt = sit(site, example_paper(site), asha, EXAMPLE_ANSWERS)
    with site.writing() as db:
        db.exec(select(Attempt).where(col(Attempt.id) == attempt.id)).one().state = state
    browser = browse(site, asha)
    assert "This attempt has no score" in browser.get(f"/attempts/{attempt.code}/result").text
    found = browser.get(f"/attempts/{attempt.code}/result", headers=JSON).json()
    assert found["score"] is found["rank"] is None
    assert browser.get(f"/attempts/{attempt.code}/review", headers=JSON).status_code == 403


def test_measured_times_are_charted_and_listed(sqlite_site: Site) -> None:
    site, asha = sqlite_site, person(sqlite_site, "Asha")
    made = example_paper(site)
    with site.writing() as db:
        attempt = begin(db, site, made, asha, {1: chose("o1", active_ms=102_900)})
        site.clock.forward(minutes=5)
        hand_in(db, site, attempt)
    page = browse(site, asha).get(f"/attempts/{attempt.code}/result").text
    assert "<title>Question 1: 1:42, right</title>" in page
    assert '<td class="num">1:42</td>' in page
    assert "needs JavaScript" not in page


def test_markup_in_names_and_titles_stays_text(sqlite_site: Site) -> None:
    site = sqlite_site
    asha = person(site, "<b>Asha</b>")
    made = paper(
        site, title="<i>Mock</i>", sections={"<u>One</u>": [single(topic="<s>T</s>", stem="<script>x</script>")]}
    )
    attempt = sit(site, made, asha, {1: chose("o1")})
    for page in ("result", "review"):
        shown = browse(site, asha).get(f"/attempts/{attempt.code}/{page}").text
        assert not any(tag in shown for tag in ("<b>Asha", "<i>Mock", "<u>One", "<s>T", "<script>x"))


def test_the_queries_of_a_result_do_not_grow_with_the_paper(site: Site) -> None:
    asha = person(site, "Asha")
    counts = []
    for size in (2, 120):
        made = paper(site, slug=f"mock-{size}", sections={"One": [single() for _ in range(size)], "Two": [multiple()]})
        attempt = sit(site, made, asha, {1: chose("o1")})
        _rank_forty(site, attempt)
        browser = browse(site, asha)
        with queries(site) as seen:
            assert "median" in browser.get(f"/attempts/{attempt.code}/result").text
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 12


def _rank_forty(site: Site, attempt: Attempt) -> None:
    """Thirty-nine others with scores, so that the distribution is drawn too."""
    with site.writing() as db:
        row = db.exec(select(ScoreRow).where(ScoreRow.attempt_id == attempt.id)).one()
        values = row.model_dump(exclude={"id", "attempt_id", "person_id", "score_sort"})
        for place in range(39):
            somebody = person_row(db, f"{attempt.id}-{place}")
            other = Attempt(
                **attempt.model_dump(exclude={"id", "code", "person_id", "receipt"}),
                code=f"c{attempt.id}x{place}",
                person_id=somebody,
            )
            db.add(other)
            db.flush()
            assert other.id is not None
            db.add(ScoreRow(**values, attempt_id=other.id, person_id=somebody, score_sort=place - 1.0))


def person_row(db: object, name: str) -> int:
    from sqlmodel import Session

    from mockhall.accounts.models import Person
    from tests.make import START

    assert isinstance(db, Session)
    made = Person(code=name, name=name, created_at=START)
    db.add(made)
    db.flush()
    assert made.id is not None
    return made.id
