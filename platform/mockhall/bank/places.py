"""Where a question is filed: its subject and the topic below, known ones or new."""

from collections.abc import Sequence
from difflib import get_close_matches

from mockhall.bank.checked import Checked, on_a_line
from mockhall.bank.draft import Draft
from mockhall.bank.queries import Subject
from mockhall.bank.stored import Before
from mockhall.exam.answers import normal_text

LONGEST = 120


def check(draft: Draft, before: Before, subjects: Sequence[Subject], found: Checked) -> None:
    """Subject and topic as they are kept. A new name is asked about where it looks like a slip of a known one."""
    found.subject = found.text("subject", on_a_line(draft.subject), LONGEST, "Write a subject.")
    found.topic = found.text("topic", on_a_line(draft.topic), LONGEST, "Name the topic within the subject.")
    found.contents["topic"] = found.topic
    is_as_before = before.version is not None and _folded(before.version.topic) == _folded(found.topic)
    if {"subject", "topic"} & set(found.errors) or is_as_before:
        return
    if _folded(found.subject) == _folded(found.topic):
        said = f"A topic stands below its subject and can't be the same. Name the part of {found.subject} it is about."
        found.errors["topic"] = said
    elif not draft.place_is_new:
        _check_slips(subjects, found)


def _check_slips(subjects: Sequence[Subject], found: Checked) -> None:
    titles = [each.topic.title for each in subjects]
    known = next((each for each in subjects if _folded(each.topic.title) == _folded(found.subject)), None)
    if known is None:
        _ask("subject", found.subject, titles, "subject", found)
    else:
        _ask("topic", found.topic, [each.title for each in known.topics], f"topic in {known.topic.title}", found)


def _ask(control: str, written: str, known: Sequence[str], what: str, found: Checked) -> None:
    """Short names are told apart by a letter: C, C++, Go. Only longer ones count as slips."""
    names = {_folded(each): each for each in known}
    close = get_close_matches(_folded(written), names, 1, 0.85) if len(written) > 4 else []
    if close and _folded(written) not in names:
        mean = names[close[0]]
        said = f"There is no {what} “{written}”. Write “{mean}” if that is meant; else tick the box below."
        found.errors[control] = said


def _folded(text: str) -> str:
    return normal_text(text, case=False)
