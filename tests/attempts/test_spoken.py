"""A question in a second language: what is translated, what stays, which languages are offered."""

from mockhall.attempts.spoken import Said, offered, said_in

ENGLISH = Said("en", "Which?", [{"id": "o1", "text": "One", "pinned": False}, {"id": "o2", "text": "Two"}], "Read.")
HINDI = {"hi": {"stem": "कौन?", "options": {"o1": "एक"}}}


def test_option_ids_and_all_else_stay_and_what_has_no_translation_is_left_as_it_was() -> None:
    said = said_in("hi", ENGLISH, HINDI)
    assert said.stem == "कौन?"
    assert said.options == [{"id": "o1", "text": "एक", "pinned": False}, {"id": "o2", "text": "Two"}]
    assert said.passage == "Read."


def test_the_choices_of_a_gap_are_translated_by_their_ids() -> None:
    cloze = Said("en", "[[1]]", [{"id": "g1", "gap": 1, "type": "choice", "choices": [{"id": "c1", "text": "a"}]}])
    said = said_in("hi", cloze, {"hi": {"stem": "[[1]] है", "options": {"c1": "ए"}}})
    assert said.options[0]["choices"] == [{"id": "c1", "text": "ए"}]
    assert cloze.options[0]["choices"] == [{"id": "c1", "text": "a"}]


def test_without_a_translation_a_question_stays_in_its_own_language() -> None:
    assert said_in("hi", ENGLISH, {}) is ENGLISH
    assert said_in("en", ENGLISH, HINDI) is ENGLISH


def test_only_languages_that_the_test_offers_and_the_question_has_can_be_chosen() -> None:
    assert offered(HINDI, ["en", "hi"]) == HINDI
    assert offered(HINDI, ["en"]) == {}
    assert offered({}, ["en", "hi"]) == {}
    assert offered({"hi": {"stem": ""}}, ["en", "hi"]) == {}
