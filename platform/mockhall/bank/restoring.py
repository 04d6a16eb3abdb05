"""An old version made ready to be the newest: checked as a form is, with a shared passage as it reads today."""

from typing import Any

from sqlmodel import Session

from mockhall.bank import actions, passages, queries
from mockhall.bank.checked import Checked
from mockhall.bank.checking import check
from mockhall.bank.models import Question
from mockhall.bank.stored import of_version


def checked(db: Session, question: Question, number: int) -> Checked:
    """What version `number` said, as a form without errors would say it, under the subject of today; or its errors.

    Other questions go on sharing its passage: it comes back as they say it now."""
    old, known = actions.version_numbered(db, question, number), queries.known(db, question)
    found = check(of_version(old, known.subject, old.topic), queries.before(db, question))
    sharing = passages.sharing(db, old.passage_code, question, lock=True)
    contents: dict[str, Any] = {name: getattr(old, name) for name in actions.CONTENTS}
    found.contents = passages.as_shared(sharing, contents)
    found.note = f"As in version {number}"
    return found
