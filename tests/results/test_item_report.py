"""Scores and questions of a paper for staff: the figures of exam-semantics 7 as they are shown."""

import re

import pytest

from mockhall.accounts.models import Role
from mockhall.papers.versions import SectionPlan, add_version
from mockhall.results import statistics
from tests.make import START, Site, queries, single
from tests.results.sitting import browse, chose, paper, person, sit
from tests.results.six_people import six_paper, six_people

URL = "/desk/papers/mock-1/report/items"


def rows(page: str) -> list[list[str]]:
    """The cells of the table of questions, as text."""
    table = page[page.index("Figures of each question") :]
    found = re.findall(r"<tr><td class=\"num\">.*?</tr>", table, re.DOTALL)
    return [[" ".join(re.sub(r"<[^>]*>", " ", cell).split()) for cell in re.split(r"<t[dh]", row)[1:]] for row in found]


def shown(page: str, *columns: int) -> list[list[str]]:
    """These columns of it; the rest of each opening tag cut off."""
    return [[row[each].partition(">")[2].strip() for each in columns] for row in rows(page)]


@pytest.mark.parametrize("path", [URL, f"{URL}/1"])
@pytest.mark.parametrize(("role", "status"), [(Role.STAFF, 200), (Role.ADMIN, 200), (Role.EDITOR, 404), (None, 401)])
def test_only_staff_and_admins_read_it(site: Site, path: str, role: Role | None, status: int) -> None:
    six_people(site, six_paper(site))
    browser = browse(site, person(site, "Ravi", role)) if role else site.browser()
    assert browser.get(path).status_code == status
    assert browser.post(URL).status_code == (303 if status == 200 else status)


def test_the_vector_is_shown_in_whole_per_cent(site: Site) -> None:
    six_people(site, six_paper(site))
    page = browse(site, person(site, "Zoe", Role.STAFF)).get(URL).text
    assert shown(page, 0, 2, 3, 4, 5, 6) == [
        ["1", "79%", "25%", "38%", "18%", "0%"],
        ["2", "42%", "23%", "23%", "21%", "17%"],
        ["3", "21%", "21%", "23%", "21%", "17%"],
        ["4", "21%", "79%", "100%", "26%", "17%"],
        ["5", "42%", "−15%", "−18%", "14%", "17%"],
    ]
    for words in (
        "<dd>8.2 <small>of 20</small>", "Median</dt><dd>8.0", "<dd>6.8</dd>", "<dd>0.44</dd>", "<dd>±5.1</dd>",
        "0.05, −2.44", "Not enough data yet: 6 people.", "under 30",
    ):  # fmt: skip
        assert words in page
    assert "may have a wrong key" not in page  # six people are too few for a finding


def test_the_table_is_sorted_as_asked_and_turned_round(site: Site) -> None:
    six_people(site, six_paper(site))
    zoe = browse(site, person(site, "Zoe", Role.STAFF))
    by = {
        sort: [row[0] for row in shown(zoe.get(f"{URL}?sort={sort}").text, 0)] for sort in ("discrimination", "-time")
    }
    assert by == {"discrimination": ["5", "3", "2", "1", "4"], "-time": ["5", "4", "3", "2", "1"]}
    page = zoe.get(f"{URL}?sort=discrimination").text
    assert 'aria-sort="ascending"' in page
    assert f'href="{URL}?sort=-discrimination"' in page
    assert len(shown(zoe.get(f"{URL}?sort=nonsense&version=x&attempts=none&show=1").text, 0)) == 5


def wrong_key(site: Site) -> None:
    """Thirty-three people and three questions: the able choose o2 in the third, whose key says o1."""
    made = paper(
        site, sections={"All": [single(), single(), single()]}, scheme={"full": "1", "wrong": "0"},
        shuffle_options=False,
    )  # fmt: skip
    for place in range(33):
        able = chose("o1") if place < 17 else chose("o2")
        third = chose("o2") if place < 17 else chose("o1")
        sit(site, made, person(site, f"P{place}"), {1: able, 2: able, 3: third})


def test_a_wrong_key_is_found_said_and_shown_by_who_chose_what(sqlite_site: Site) -> None:
    site = sqlite_site
    wrong_key(site)
    zoe = browse(site, person(site, "Zoe", Role.STAFF))
    page = zoe.get(URL).text
    assert "<b>Question 3 may have a wrong key:</b> who did better in the rest did worse here." in page
    assert [row[0] for row in shown(zoe.get(f"{URL}?show=flagged").text, 0)] == ["3"]
    one = zoe.get(f"{URL}/3").text
    assert "Check the key" in one
    assert "The best and the weakest third are 11 people each" in one
    text = " ".join(re.sub(r"<[^>]*>", " ", one).split())
    assert "A Key Alpha 16 48% 0 0% 11 100%" in text
    assert "B Beta 17 52% 11 100% 0 0%" in text
    assert zoe.get(f"{URL}/4").status_code == 404


def test_versions_are_counted_apart_and_one_can_be_chosen(site: Site) -> None:
    made = six_paper(site)
    six_people(site, made)
    zoe = browse(site, person(site, "Zoe", Role.STAFF))
    with site.writing() as db:
        made.version = 2
        rules = {
            "instructions": "", "minutes": 30, "scheme": {"full": "4"}, "reveal": {}, "attempts_allowed": None,
        }  # fmt: skip
        add_version(db, db.merge(made), rules, [SectionPlan("All", "", None, [1])], START)
    page = zoe.get(URL).text
    assert "First attempts of 6 people" in page  # nobody has sat the newer one
    assert "1</option>" in page
    assert "No results yet" in zoe.get(f"{URL}?version=2").text


def test_many_attempts_wait_for_who_asks_and_are_counted_by_a_button(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    six_people(site, six_paper(site))
    monkeypatch.setattr(statistics, "FEW", 5)
    zoe = browse(site, person(site, "Zoe", Role.STAFF))
    assert "Not counted yet" in zoe.get(f"{URL}?attempts=all").text
    reply = zoe.post(f"{URL}?attempts=all")
    assert (reply.status_code, reply.headers["location"]) == (303, f"{URL}?attempts=all")
    page = zoe.get(f"{URL}?attempts=all").text
    assert "Counted anew over 6 people." in page
    assert "All attempts of 6 people" in page


def test_a_paper_nobody_has_sat_says_so(site: Site) -> None:
    six_paper(site)
    zoe = browse(site, person(site, "Zoe", Role.STAFF))
    assert "No results yet" in zoe.get(URL).text
    assert zoe.get(f"{URL}/1").status_code == 404


def test_its_queries_do_not_grow_with_the_questions(sqlite_site: Site) -> None:
    site = sqlite_site
    counts = []
    zoe = browse(site, person(site, "Zoe", Role.STAFF))
    for slug, many in (("few", 2), ("many", 30)):
        made = paper(site, slug=slug, sections={"All": [single() for _ in range(many)]})
        sit(site, made, person(site, slug), {1: chose("o1")})
        with queries(site) as sent:
            assert zoe.get(f"/desk/papers/{slug}/report/items").status_code == 200
        counts.append(len(sent))
    assert counts[0] == counts[1] <= 13
