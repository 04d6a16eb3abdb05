"""What to do next: the first piece of advice that the numbers call for."""

from dataclasses import replace
from fractions import Fraction

from mockhall.exam.advice import Advice, Facts, Topic, advise, costliest
from mockhall.exam.changes import Changes
from mockhall.exam.topics import Finding

F = Fraction
HTTP, SQL = Topic("HTTP", F(8), Finding.UNCLEAR), Topic("SQL", F(5), Finding.WEAK)
# Everything there is to say, and one after the other taken away.
FACTS = Facts(
    score=F(40), max=F(100), lost=F(-10), count=20, blank=5, is_judged=True, topics=[HTTP, SQL], slow=[3, 7, 9],
    changes=Changes(right_to_wrong=2, wrong_to_right=1),
)  # fmt: skip


def test_the_advice_is_the_first_that_fits() -> None:
    facts = replace(FACTS, score=F(100))
    assert advise(facts) == (Advice.HARDER, None)
    facts = FACTS
    assert advise(facts) == (Advice.GUESS_LESS, None)
    facts = replace(facts, lost=F(-99, 10))
    assert advise(facts) == (Advice.SECOND_ROUND, None)
    facts = replace(facts, blank=4)
    assert advise(facts) == (Advice.MOVE_ON, None)
    facts = replace(facts, slow=[3, 7])
    assert advise(facts) == (Advice.KEEP_ANSWERS, None)
    facts = replace(facts, changes=Changes(right_to_wrong=2, wrong_to_right=2))
    assert advise(facts) == (Advice.TOPIC, SQL)
    facts = replace(facts, topics=[HTTP])
    assert advise(facts) == (Advice.REVIEW, None)
    assert advise(replace(facts, is_judged=False)) == (Advice.LATER, None)


def test_what_may_not_be_seen_is_no_reason() -> None:
    hidden = replace(FACTS, lost=F(0), blank=None, topics=[], slow=[], changes=None, is_judged=False)
    assert advise(hidden) == (Advice.LATER, None)


def test_a_weak_topic_comes_before_a_costlier_one_that_is_not_clearly_weak() -> None:
    assert costliest([HTTP, SQL]) == SQL
    assert costliest([HTTP, replace(SQL, finding=Finding.FEW)]) == HTTP
    assert costliest([replace(HTTP, missing=F(0)), replace(SQL, missing=F(0))]) is None
