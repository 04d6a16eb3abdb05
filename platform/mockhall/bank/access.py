"""Who may reach which question: editors, by its code. A change of many questions is its maker's alone."""

from typing import Annotated

from fastapi import Depends
from sqlmodel import Session, col, select

from mockhall.accounts.access import Editor, EditorForUpdate
from mockhall.bank import kept_views, undo
from mockhall.bank.desk_models import BankView, QuestionChange
from mockhall.bank.models import Question
from mockhall.db import Reading, Writing
from mockhall.web.errors import NotYours


def find_question(db: Session, code: str, *, lock: bool = False, deleted: bool = False) -> Question | None:
    """The question with this code, if there is one, or was where `deleted`; who asks must be an editor."""
    if "\0" in code:  # PostgreSQL refuses to look for one
        return None
    query = select(Question).where(Question.code == code)
    query = query if deleted else query.where(col(Question.deleted_at).is_(None))
    return db.exec(query.with_for_update() if lock else query).first()


def _question(db: Session, code: str, *, lock: bool, deleted: bool = False) -> Question:
    question = find_question(db, code, lock=lock, deleted=deleted)
    if question is None:
        raise NotYours
    return question


def editable_question(db: Reading, _person: Editor, code: str) -> Question:
    """The question with this code, for editors."""
    return _question(db, code, lock=False)


def editable_question_for_update(db: Writing, _person: EditorForUpdate, code: str) -> Question:
    """The same, on the session that writes; on PostgreSQL the row is locked, so that of two edits one is stale."""
    return _question(db, code, lock=True)


EditableQuestion = Annotated[Question, Depends(editable_question)]
EditableQuestionForUpdate = Annotated[Question, Depends(editable_question_for_update)]


def drafted_question_for_update(db: Writing, _person: EditorForUpdate, code: str) -> Question:
    """The same, also one that was deleted: whoever has a draft of it may throw that away."""
    return _question(db, code, lock=True, deleted=True)


DraftedQuestionForUpdate = Annotated[Question, Depends(drafted_question_for_update)]


def my_change_for_update(db: Writing, person: EditorForUpdate, code: str) -> QuestionChange:
    """One's own change of many questions, on the session that writes."""
    change = undo.find(db, code, person, lock=True)
    if change is None:
        raise NotYours
    return change


def my_view_for_update(db: Writing, person: EditorForUpdate, code: str) -> BankView:
    """A view of the list that one keeps, on the session that writes."""
    view = kept_views.find(db, code, person)
    if view is None:
        raise NotYours
    return view


MyViewForUpdate = Annotated[BankView, Depends(my_view_for_update)]
MyChangeForUpdate = Annotated[QuestionChange, Depends(my_change_for_update)]
