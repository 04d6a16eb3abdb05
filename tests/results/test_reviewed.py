"""A question of the review in the languages it has, and how sure its answer was said to be."""

import re
from typing import Any

import pytest
from sqlmodel import select

from mockhall.exam.reveal import Item, Matrix
from mockhall.papers.models import PaperVersion
from tests.attempts.room_of import Sitting
from tests.attempts.room_of import sit as start
from tests.make import Site, make_paper, single

HINDI = {"hi": {"stem": "कौन सा?", "options": {"o1": "अल्फ़ा", "o2": "बीटा"}}}
EXPLAINED = {"hi": "क्योंकि SOLUTION-HINDI"}


def ben(site: Site, language: str = "en", **rules: Any) -> Sitting:
    """In a test whose first question is in Hindi too; the second in English only."""
    both = single(stem="Which one?", translations=HINDI, solution_translations=EXPLAINED)
    with site.writing() as db:
        made: dict[str, Any] = {"languages": ["en", "hi"], "shuffle_questions": False, "shuffle_options": False} | rules
        make_paper(db, sections={"First": [both, single(stem="English only?")]}, **made)
    sitting = start(site, name="Ben")
    sitting.browser.post(f"/attempts/{sitting.code}/language", data={"language": language, "number": "1"})
    return sitting


def reviewed(sitting: Sitting) -> list[str]:
    """The HTML of the questions on the page of the review, after handing in."""
    sitting.browser.post(f"/attempts/{sitting.code}/submission")
    page = sitting.browser.get(f"/attempts/{sitting.code}/review")
    assert page.status_code == 200
    return re.findall(r"<article.*?</article>", page.text, re.DOTALL)


def test_the_review_is_in_the_language_that_was_read_and_the_other_can_be_unfolded(site: Site) -> None:
    sitting = ben(site, "hi")
    sitting.save(1, choice="o2")
    both, other = reviewed(sitting)
    shown, _, unfolded = both.partition('<details class="translation">')
    assert re.search(r'<div class="prose stem full" lang="hi"><p>कौन सा\?', shown)
    assert re.search(r'<ul class="options"[^>]* lang="hi">.*बीटा', shown, re.DOTALL)
    assert re.search(r'<div class="explain prose" lang="hi">.*SOLUTION-HINDI', shown, re.DOTALL)
    for english in ("Read it in English", "Which one?", "Beta", "SOLUTION-SECRET"):
        assert english in unfolded, english
        assert english not in shown, english
    assert 'lang="' not in other
    assert '<details class="translation"' not in other


def test_a_test_in_english_alone_reviews_no_translation(site: Site) -> None:
    both, _ = reviewed(ben(site, languages=["en"]))
    assert "कौन सा?" not in both
    assert "SOLUTION-HINDI" not in both


def test_an_explanation_that_may_not_be_seen_is_in_no_language(site: Site) -> None:
    sitting = ben(site)
    judged = frozenset({Item.ATTEMPT, Item.CORRECTNESS})
    with site.writing() as db:
        version = db.exec(select(PaperVersion)).one()
        version.reveal = Matrix(judged, judged, judged, judged).to_json()
        db.add(version)
    both, _ = reviewed(sitting)
    assert "कौन सा?" in both
    assert "SOLUTION-" not in both


@pytest.mark.parametrize(("certainty", "words"), [("3", "very sure"), ("", "not said, counts as not sure")])
def test_how_sure_one_was_stands_at_the_answer(site: Site, certainty: str, words: str) -> None:
    sitting = ben(site, certainty=True)
    sitting.save(1, choice="o1", certainty=certainty)
    answered, blank = reviewed(sitting)
    assert f"<dd>{words}</dd>" in answered
    assert "You were" not in blank


def test_a_test_that_does_not_ask_says_nothing_of_it(site: Site) -> None:
    sitting = ben(site)
    sitting.save(1, choice="o1")
    assert "You were" not in reviewed(sitting)[0]


# ---------------------------------------------------------------- why an option is right or wrong


WHY = {"en": {"o1": "WHY-ONE", "o2": "WHY-TWO"}, "hi": {"o2": "क्योंकि WHY-HINDI"}}


def explained(site: Site, items: frozenset[Item] | None = None) -> Sitting:
    both = single(stem="Which one?", translations=HINDI, option_solutions=WHY)
    with site.writing() as db:
        make_paper(db, sections={"First": [both]}, languages=["en", "hi"], shuffle_options=False)
        if items is not None:
            db.exec(select(PaperVersion)).one().reveal = Matrix(*[items] * 4).to_json()
    sitting = start(site, name="Ben")
    sitting.save(1, choice="o2")
    return sitting


def test_each_option_is_explained_once_the_answers_are_open(site: Site) -> None:
    (article,) = reviewed(explained(site))
    shown, _, unfolded = article.partition('<details class="translation"')
    assert shown.index("WHY-ONE") < shown.index("WHY-TWO")
    assert "WHY-HINDI" in unfolded
    assert "WHY-ONE" in unfolded  # not translated: said in the original


@pytest.mark.parametrize(
    ("items", "told"),
    [
        ({Item.SPECIFIC_FEEDBACK}, {"WHY-TWO"}),  # the own answer alone: of the others it would tell the key
        ({Item.SPECIFIC_FEEDBACK, Item.RIGHT_ANSWER}, {"WHY-ONE", "WHY-TWO"}),
        ({Item.RIGHT_ANSWER, Item.GENERAL_FEEDBACK, Item.CORRECTNESS}, set()),
    ],
)
def test_explanations_of_options_follow_specific_feedback(site: Site, items: set[Item], told: set[str]) -> None:
    sitting = explained(site, frozenset(items | {Item.ATTEMPT}))
    (article,) = reviewed(sitting)
    assert set(re.findall("WHY-(?:ONE|TWO)", article)) == told
    found = sitting.browser.get(f"/attempts/{sitting.code}/review", headers={"Accept": "application/json"}).text
    assert set(re.findall("WHY-(?:ONE|TWO)", found)) == told
