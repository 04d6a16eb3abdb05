"""Subject and topic: known ones are found again, new ones made, slips of the keyboard asked about."""

from sqlmodel import select

from mockhall.bank.models import Topic
from tests.bank.desk_of import create, errors_in, fields_in, filled, form_of, stored, tara
from tests.make import Site


def topics(site: Site) -> set[str]:
    with site.reading() as db:
        return set(db.exec(select(Topic.title)))


def test_a_slip_of_a_known_name_is_asked_about_and_makes_nothing(site: Site) -> None:
    browser = tara(site)
    create(browser, subject="FastAPI", topic="Dependencies")
    for changes, control, mean in (
        ({"subject": "FastAPI", "topic": "Dependancies"}, "topic", "Dependencies"),
        ({"subject": "FastAPPI", "topic": "Other"}, "subject", "FastAPI"),
    ):
        reply = browser.post("/desk/questions", data=filled(**changes))
        assert reply.status_code == 422
        assert f"“{mean}”" in errors_in(reply.text)[control]
        assert 'name="place_is_new"' in reply.text
    assert topics(site) == {"FastAPI", "Dependencies"}


def test_it_is_made_where_the_editor_says_so(sqlite_site: Site) -> None:
    browser = tara(sqlite_site)
    create(browser, subject="Physics", topic="Statics")
    page = browser.post("/desk/questions", data=filled(subject="Physics", topic="Static")).text
    form = fields_in(page) | {"place_is_new": "1", "then": "save", "alike_too": "1"}
    assert browser.post("/desk/questions", data=form).status_code == 303
    assert "Static" in topics(sqlite_site)


def test_other_names_and_short_ones_are_simply_new(sqlite_site: Site) -> None:
    browser = tara(sqlite_site)
    for topic in ("C", "C++", "Go", "Lists", "Tuples", " lists "):
        create(browser, topic=topic)
    assert topics(sqlite_site) == {"Python", "C", "C++", "Go", "Lists", "Tuples"}


def test_a_question_filed_under_its_subject_alone_can_still_be_edited(sqlite_site: Site) -> None:
    browser = tara(sqlite_site)
    code = create(browser)
    with sqlite_site.writing() as db:
        topic = db.exec(select(Topic).where(Topic.title == "Lists")).one()
        topic.parent_id, topic.title = None, "Lists"
        db.add(topic)
    form = form_of(browser, code) | {"subject": "Lists", "topic": "Lists", "tags": "kept"}
    assert browser.post(f"/desk/questions/{code}", data=form).status_code == 303
    assert stored(sqlite_site, code)[1][-1].tags == ["kept"]
