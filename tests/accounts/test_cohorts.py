"""Cohorts at the desk: made, renamed, put away; people removed and put back; who may see them."""

import pytest
from fastapi.testclient import TestClient

from mockhall.accounts import cohort_queries, cohorts
from mockhall.accounts.models import Cohort, CohortMember, Person, Role
from tests.accounts.cohorts_of import make_cohort, people_in
from tests.accounts.people import cast, verbs
from tests.make import START, Site, make_person, queries
from tests.results.sitting import browse, person


def staff(site: Site) -> TestClient:
    return browse(site, person(site, "Sita", Role.STAFF))


def test_staff_make_a_cohort_and_see_it_in_the_list(site: Site) -> None:
    sita = staff(site)
    assert "No cohorts yet" in sita.get("/desk/cohorts").text
    reply = sita.post("/desk/cohorts", data={"name": "  Class <b>9B  "})
    assert reply.status_code == 303
    page = sita.get(reply.headers["location"]).text
    assert "Class &lt;b&gt;9B" in page
    assert "Nobody is in it yet" in page
    assert "Class &lt;b&gt;9B" in sita.get("/desk/cohorts").text
    assert "cohort made" in verbs(site)


@pytest.mark.parametrize(
    ("name", "said"), [("", "Give the cohort a name."), (" \0 ", "Give the cohort a name."), ("x" * 81, "at most 80")]
)
def test_a_name_that_is_none_is_refused_beside_its_field(site: Site, name: str, said: str) -> None:
    reply = staff(site).post("/desk/cohorts", data={"name": name})
    assert reply.status_code == 422
    assert said in reply.text


def test_two_cohorts_can_not_have_one_name(site: Site) -> None:
    sita, one, two = staff(site), make_cohort(site), make_cohort(site, name="Class 9C")
    reply = sita.post("/desk/cohorts", data={"name": one.name})
    assert (reply.status_code, "already" in reply.text) == (422, True)
    reply = sita.post(f"/desk/cohorts/{two.code}", data={"then": "rename", "name": one.name})
    assert reply.status_code == 422
    assert "There is a cohort with this name already." in reply.text
    assert "<h1><bdi>Class 9C" in sita.get(f"/desk/cohorts/{two.code}").text
    json = sita.post("/desk/cohorts", data={"name": one.name}, headers={"accept": "application/json"})
    assert json.json()["fields"] == {"name": "There is a cohort with this name already."}


def test_renaming_and_archiving_are_kept_and_logged(site: Site) -> None:
    sita, cohort = staff(site), make_cohort(site)
    at = f"/desk/cohorts/{cohort.code}"
    assert sita.post(at, data={"then": "rename", "name": "Class 10B"}).status_code == 303
    assert "<h1><bdi>Class 10B" in sita.get(at).text
    sita.post(at, data={"then": "archive"})
    assert "Class 10B" not in sita.get("/desk/cohorts").text
    assert "Class 10B" in sita.get("/desk/cohorts?show=archived").text
    assert f"/join/{cohort.join_code}" not in sita.get(at).text
    sita.post(at, data={"then": "bring_back"})
    assert "Class 10B" in sita.get("/desk/cohorts").text
    assert verbs(site)[-3:] == ["cohort renamed", "cohort archived", "cohort back"]


def test_who_is_removed_can_be_put_back_at_once(site: Site) -> None:
    asha, ben = person(site, "Asha"), person(site, "Ben")
    sita, cohort = staff(site), make_cohort(site, asha, ben)
    at = f"/desk/cohorts/{cohort.code}"
    reply = sita.post(f"{at}/members/{ben.code}", data={"then": "remove"})
    assert people_in(site, cohort) == [asha.email]
    page = sita.get(reply.headers["location"]).text
    assert "was removed" in page
    assert 'value="put_back"' in page
    sita.post(f"{at}/members/{ben.code}", data={"then": "put_back"})
    assert people_in(site, cohort) == [asha.email, ben.email]
    assert 'value="put_back"' not in sita.get(reply.headers["location"]).text
    assert verbs(site)[-2:] == ["cohort remove", "cohort add"]


@pytest.mark.parametrize("then", ["", "burn", "\0"])
def test_a_button_that_is_not_there_changes_nothing(site: Site, then: str) -> None:
    asha = person(site, "Asha")
    sita, cohort = staff(site), make_cohort(site, asha)
    before = verbs(site)
    assert sita.post(f"/desk/cohorts/{cohort.code}", data={"then": then}).status_code == 422
    assert sita.post(f"/desk/cohorts/{cohort.code}/members/{asha.code}", data={"then": then}).status_code == 422
    assert (people_in(site, cohort), verbs(site)) == ([asha.email], before)


def test_people_are_listed_by_name_a_page_at_a_time(site: Site) -> None:
    with site.writing() as db:
        made = [Person(code=f"c{n:03}", name=f"P{n:03}", role=Role.STUDENT, created_at=START) for n in range(120)]
        made.append(Person(code="zz", name="", email="p000a@example.edu", role=Role.STUDENT, created_at=START))
        db.add_all(made)
        db.flush()
    sita, cohort = staff(site), make_cohort(site, *made)
    seen: list[str] = []
    page, path = "", f"/desk/cohorts/{cohort.code}"
    while path:
        page = sita.get(path).text
        rows = page.partition("<tbody>")[2].partition("</tbody>")[0]
        seen += [part.partition('"')[0] for part in rows.split('href="/desk/people/')[1:]]
        path = page.partition('rel="next"')[0].rpartition('href="')[2].strip('" ') if 'rel="next"' in page else ""
    assert seen == ["c000", "zz", *(f"c{n:03}" for n in range(1, 120))]
    assert "121 people" in page


def test_a_page_costs_the_same_however_many_people_and_cohorts_there_are(site: Site) -> None:
    asha, ben, sita = person(site, "Asha"), person(site, "Ben"), staff(site)
    small, large = make_cohort(site, asha), make_cohort(site, asha, ben, name="Class 9C")
    counts = []
    for path in (f"/desk/cohorts/{small.code}", f"/desk/cohorts/{large.code}"):
        with queries(site) as seen:
            assert sita.get(path).status_code == 200
        counts.append(len(seen))
    with queries(site) as seen:
        sita.get("/desk/cohorts")
    assert counts[0] == counts[1] <= 6
    assert len(seen) <= 4


def test_cohorts_to_choose_from_leave_out_the_archive_and_count_their_people(site: Site) -> None:
    asha, ben = person(site, "Asha"), person(site, "Ben")
    cohort, old = make_cohort(site, asha, ben, name="B"), make_cohort(site, asha, name="A")
    with site.writing() as db:
        cohorts.archive(db, db.get_one(Cohort, old.id), START, None)
    with site.reading() as db:
        assert [(each.code, each.name, each.people) for each in cohort_queries.cohorts(db)] == [(cohort.code, "B", 2)]
        ids = db.execute(cohort_queries.members(cohort.code)).scalars().all()
        assert sorted(ids) == [asha.id, ben.id]
        assert db.execute(cohort_queries.members("nothing\0")).scalars().all() == []


def test_a_guest_who_signs_in_brings_memberships_along(site: Site) -> None:
    (asha,) = cast(site, "Asha")
    guest = person(site, "Guest", Role.GUEST)
    one, two = make_cohort(site, guest, asha, name="A"), make_cohort(site, guest, name="B")
    browser = browse(site, guest)
    assert browser.post("/sign-in", data={"email": asha.email, "password": "correct horse battery"}).status_code == 303
    assert (people_in(site, one), people_in(site, two)) == ([asha.email], [asha.email])
    with site.reading() as db:
        assert db.get(CohortMember, (one.id, guest.id)) is None


def test_an_editor_and_a_student_see_no_cohorts(site: Site) -> None:
    cohort = make_cohort(site)
    with site.writing() as db:
        others = [make_person(db, "Tara", Role.EDITOR), make_person(db, "Ravi")]
    for other in others:
        browser = browse(site, other)
        for path in ("/desk/cohorts", f"/desk/cohorts/{cohort.code}", "/desk/gradebook"):
            assert browser.get(path).status_code == 404
        assert "/desk/cohorts" not in browser.get("/account").text
