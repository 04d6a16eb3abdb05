"""From draft to verified at the desk: a second person, evidence, what an edit does, what is warned of."""

import html

from sqlmodel import select

from mockhall.accounts.models import AuditEntry, Person
from mockhall.bank.models import QuestionStatus
from tests.bank.desk_of import JSON, card, create, edit, filled, signed, step, stored, tara, usha, verify
from tests.make import START, Site


def test_a_new_question_is_a_draft_whatever_is_sent(site: Site) -> None:
    reply = tara(site).post("/desk/questions", data=filled(status="verified"))
    code = reply.headers["location"].rsplit("/", 1)[1]
    question, _ = stored(site, code)
    assert (question.status, question.verified_version) == (QuestionStatus.DRAFT, None)


def test_a_second_person_verifies_with_evidence_and_it_is_due_again_in_a_year(site: Site) -> None:
    author, reviewer = tara(site), usha(site)
    code = create(author)
    assert step(author, code, "review").status_code == 303
    own, theirs = card(author, code), card(reviewer, code)
    assert "You wrote what is to be verified" in own
    assert "Send it back" not in own
    shown = [">Verify version 1<", ">Send it back with a remark<", "Take back to draft", "Retire"]
    assert sorted(shown, key=theirs.index) == shown, "what a reviewer came for stands first"
    reply = step(reviewer, code, "verify", evidence="https://docs.python.org/3/")
    assert reply.headers["location"] == f"/desk/questions/{code}#standing"
    question, versions = stored(site, code)
    assert (question.status, question.verified_version, len(versions)) == (QuestionStatus.VERIFIED, 1, 1)
    assert question.due_at == START.replace(year=2027, hour=0)
    [row] = signed(site)
    assert (row.version, row.alone, row.evidence) == (1, False, "https://docs.python.org/3/")
    said = card(author, code)
    assert "<b>Usha</b> verified version 1" in said
    assert '<a href="https://docs.python.org/3/" rel="noopener noreferrer">' in said
    assert "Due again on" in said
    with site.reading() as db:
        lines = [(line.verb, line.subject) for line in db.exec(select(AuditEntry)) if code in line.subject]
    assert lines[1:] == [
        ("question", f"question {code} version 1 in_review"), ("verify", f"question {code} version 1 verified"),
    ]  # fmt: skip


def test_nobody_verifies_what_they_wrote_or_a_part_of_it(site: Site) -> None:
    author, other = tara(site), usha(site)
    code = create(author)
    step(author, code, "review")
    edit(other, code, stem="Mended?")
    for browser in (author, other):
        reply = step(browser, code, "verify", evidence="I know.")
        assert reply.status_code == 409
        assert "somebody else has to look at it" in reply.text
        assert "<textarea" in reply.text, "the form of the question is still there"
    assert stored(site, code)[0].status == QuestionStatus.IN_REVIEW
    assert signed(site) == []


def test_who_is_the_only_editor_verifies_alone_and_that_is_said(site: Site) -> None:
    browser = tara(site)
    code = create(browser)
    step(browser, code, "review")
    assert "You are its author and the only editor here" in card(browser, code)
    assert step(browser, code, "verify", evidence="Ran it.").status_code == 303
    assert signed(site)[0].alone
    assert "verified by its author" in card(browser, code)


def test_an_editor_who_was_disabled_is_no_second_person(sqlite_site: Site) -> None:
    browser = tara(sqlite_site)
    usha(sqlite_site)
    code = create(browser)
    step(browser, code, "review")
    assert step(browser, code, "verify", evidence="x").status_code == 409
    with sqlite_site.writing() as db:
        db.exec(select(Person).where(Person.name == "Usha")).one().disabled_at = START
    assert step(browser, code, "verify", evidence="x").status_code == 303


def test_a_draft_is_not_verified_without_review_and_not_without_an_explanation(site: Site) -> None:
    author, reviewer = tara(site), usha(site)
    code = create(author, solution="")
    assert step(reviewer, code, "verify", evidence="x").status_code == 409
    assert "Write an explanation first: a verified question has one." in card(author, code)
    reply = step(author, code, "review")
    assert reply.status_code == 409
    assert "can't be sent to review" in html.unescape(reply.text)
    assert " Send to review</button>" in card(author, code)
    assert stored(site, code)[0].status == QuestionStatus.DRAFT
    edit(author, code)
    step(author, code, "review")
    edit(author, code, solution="")
    reply = step(reviewer, code, "verify", evidence="x")
    assert reply.status_code == 409
    assert "Write an explanation first" in reply.text
    assert ">Verify version 1<" not in card(reviewer, code)
    assert stored(site, code)[0].verified_version is None


def test_an_older_press_is_refused_in_words(site: Site) -> None:
    author, reviewer = tara(site), usha(site)
    code = create(author)
    step(author, code, "review")
    edit(author, code, stem="Meanwhile?")
    reply = step(reviewer, code, "verify", version=1, evidence="All <fine>")
    assert reply.status_code == 409
    assert "Somebody saved this question while you looked at it" in reply.text
    assert "All &lt;fine&gt;" in reply.text
    reply = reviewer.post(f"/desk/questions/{code}/status", data={"then": "verify", "version": "1"}, headers=JSON)
    assert (reply.status_code, reply.json()["reason"]) == (409, "stale")
    assert stored(site, code)[0].verified_version is None


def test_sent_back_with_a_remark_that_its_author_reads_until_it_is_verified(site: Site) -> None:
    author, reviewer = tara(site), usha(site)
    code = create(author)
    step(author, code, "review")
    assert step(reviewer, code, "send_back", remark="B is <right> too.").status_code == 303
    assert stored(site, code)[0].status == QuestionStatus.DRAFT
    assert "B is &lt;right&gt; too." in card(author, code)
    edit(author, code, stem="Which one only?")
    verify(reviewer, code)
    assert "B is" not in card(author, code)


def test_an_edit_waits_in_review_and_the_verified_version_goes_on(site: Site) -> None:
    author, reviewer = tara(site), usha(site)
    code = create(author)
    verify(reviewer, code)
    edit(author, code, stem="A typo mended?")
    question, _ = stored(site, code)
    assert (question.status, question.version, question.verified_version) == (QuestionStatus.IN_REVIEW, 2, 1)
    assert "go on with version 1 until somebody verifies version 2" in card(author, code)
    verify(reviewer, code)
    assert stored(site, code)[0].verified_version == 2


def test_new_tags_topic_and_difficulty_need_no_new_verification(site: Site) -> None:
    author, reviewer = tara(site), usha(site)
    code = create(author)
    verify(reviewer, code)
    edit(author, code, tags="a, b", topic="Else", difficulty="Advanced")
    question, _ = stored(site, code)
    assert (question.status, question.version, question.verified_version) == (QuestionStatus.VERIFIED, 2, 2)
    assert "verified what version 2 says" in card(author, code)


def test_an_edit_undone_is_verified_again_by_itself(site: Site) -> None:
    author, reviewer = tara(site), usha(site)
    code = create(author)
    verify(reviewer, code)
    edit(author, code, stem="Worse?")
    edit(author, code, stem="What does `len([])` return?")
    question, _ = stored(site, code)
    assert (question.status, question.verified_version) == (QuestionStatus.VERIFIED, 3)


def test_taken_back_to_draft_keeps_the_verification_and_withdrawing_ends_it(site: Site) -> None:
    browser = tara(site)
    code = create(browser, status="verified")
    step(browser, code, "draft")
    question, _ = stored(site, code)
    assert (question.status, question.verified_version) == (QuestionStatus.DRAFT, 1)
    step(browser, code, "withdraw")
    question, _ = stored(site, code)
    assert (question.status, question.verified_version, question.due_at) == (QuestionStatus.DRAFT, None, None)
    assert signed(site)[0].withdrawn_at == START
    assert "Nobody has verified it yet" in card(browser, code)


def test_a_passage_changed_everywhere_sends_all_that_share_it_back_to_review(site: Site) -> None:
    browser = tara(site)
    shared = {"passage_code": "river-2", "passage": "Old water."}
    codes = [create(browser, status="verified", stem=f"Asks {n}?", **shared) for n in range(2)]
    edit(browser, codes[0], **shared | {"passage": "New water.", "passage_everywhere": "1", "stem": "Asks 0?"})
    for code in codes:
        question, versions = stored(site, code)
        assert (question.status, question.version, question.verified_version) == (QuestionStatus.IN_REVIEW, 2, 1)
        assert versions[1].passage == "New water."
