"""Shipped questions, made from files, open at the desk as they are and are saved without a change."""

from sqlmodel import col, select

from mockhall import paths, startup
from mockhall.bank.models import Question, QuestionVersion
from tests.bank.desk_of import fields_in, tara
from tests.make import Site


def test_opening_and_saving_any_shipped_question_changes_nothing(sqlite_site: Site) -> None:
    startup.load(sqlite_site.app.state.database, paths.CONTENT, sqlite_site.clock.at)
    browser = tara(sqlite_site)
    with sqlite_site.reading() as db:
        codes = db.exec(select(Question.code, Question.source).order_by(col(Question.source))).all()
    assert len(codes) > 50
    changed = {}
    for code, source in codes:
        form = fields_in(browser.get(f"/desk/questions/{code}").text)
        reply = browser.post(f"/desk/questions/{code}", data=form | {"then": "save"})
        assert reply.status_code == 303, (source, reply.text)
        with sqlite_site.reading() as db:
            versions = db.exec(
                select(QuestionVersion)
                .join(Question)
                .where(col(Question.code) == code)
                .order_by(col(QuestionVersion.number))
            ).all()
        if len(versions) > 1:
            first, second = (
                each.model_dump(exclude={"id", "number", "created_at", "created_by_id"}) for each in versions
            )
            changed[source] = {name: (first[name], second[name]) for name in first if first[name] != second[name]}
    assert changed == {}
