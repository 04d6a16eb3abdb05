"""What one request may cost: no body within the size limit keeps the server from everybody else."""

import time
from typing import Any

import pytest
from fastapi.testclient import TestClient

from mockhall.accounts.models import Role
from mockhall.exam.answers import LONGEST_TEXT
from tests.accounts.cohorts_of import cohort_of
from tests.accounts.people import cast
from tests.formats.texts import TEXT, question, said
from tests.make import Site, make_person

# Composing them puts each pair in order, which takes the square of their number: 12 s of the whole process.
ACCENTS = "a" + "\u0315\u0300" * 70_000
QUICK = 3  # seconds


def post(browser: TestClient, path: str, fields: dict[str, Any]) -> int:
    """The status of the reply, which came soon enough."""
    start = time.monotonic()
    status = browser.post(path, data=fields).status_code
    assert time.monotonic() - start < QUICK
    return status


@pytest.mark.parametrize(("path", "status"), [("/sign-in", 401), ("/sign-up", 422)])
def test_an_address_of_accents_is_refused_at_once(sqlite_site: Site, path: str, status: int) -> None:
    cast(sqlite_site, "Asha")
    fields = {"email": f"{ACCENTS}@example.edu", "password": "a password of mine"}
    assert post(sqlite_site.browser(), path, fields) == status


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "text", "answers": ACCENTS},
        {"kind": "single", "option_id": ["new1", "new2"], "option_text": [ACCENTS, "b"], "key": "new1"},
    ],
    ids=["accepted answer", "choice"],
)
def test_a_question_of_accents_is_refused_at_once(sqlite_site: Site, fields: dict[str, Any]) -> None:
    with sqlite_site.writing() as db:
        tara = make_person(db, "Tara", role=Role.EDITOR)
    browser = sqlite_site.signed_in(tara)
    stem = {"stem": "Which?", "subject": "Python", "topic": "Text", "difficulty": "easy", "status": "draft"}
    assert post(browser, "/desk/questions", stem | fields) == 422
    if fields["kind"] == "text":
        assert post(browser, "/desk/questions/preview", stem | fields) == 200


def test_an_accepted_answer_of_accents_in_a_file_is_refused_at_once() -> None:
    start = time.monotonic()
    _, problems = question(TEXT.replace("answers: [", f"answers: [{ACCENTS}, "))
    assert f"over {LONGEST_TEXT}" in said(problems)
    assert time.monotonic() - start < QUICK


@pytest.mark.parametrize("line", ["a" + "\u0315\u0300" * 900 + "@example.edu", "a@b " * 490, '"a ' * 600 + "<a@"])
def test_a_list_of_people_made_to_be_slow_is_read_at_once(sqlite_site: Site, line: str) -> None:
    with sqlite_site.writing() as db:
        sita, cohort = make_person(db, "Sita", role=Role.STAFF), cohort_of(db)
    lines = [line] * (900_000 // len(line.encode()))
    browser, path = sqlite_site.signed_in(sita), f"/desk/cohorts/{cohort.code}/add"
    start = time.monotonic()
    reply = browser.post(path, files={"file": ("list.csv", "\n".join(lines).encode(), "text/csv")})
    assert reply.status_code == 200
    assert time.monotonic() - start < QUICK


@pytest.mark.parametrize("charset", ["punycode", "undefined", "unicode_escape", '"idna"', "utf-16"])
def test_a_form_in_another_charset_is_refused_unread(sqlite_site: Site, charset: str) -> None:
    part = b'--x\r\nContent-Disposition: form-data; name="email"\r\n\r\n-' + b"a" * 400_000 + b"\r\n--x--\r\n"
    headers = {"content-type": f"multipart/form-data; boundary=x; charset={charset}", "accept": "application/json"}
    start = time.monotonic()
    reply = sqlite_site.browser().post("/sign-in", content=part, headers=headers)
    assert (reply.status_code, reply.json()["reason"]) == (422, "nonsense")
    assert time.monotonic() - start < QUICK


@pytest.mark.parametrize("charset", ["UTF-8", "utf8", '"utf-8"'])
def test_a_form_that_says_utf8_is_read(sqlite_site: Site, charset: str) -> None:
    headers = {"content-type": f"application/x-www-form-urlencoded; charset={charset}"}
    reply = sqlite_site.browser().post("/sign-in", content=b"email=a&password=b", headers=headers)
    assert reply.status_code == 401
