"""Who may reach a ruling: editors, by the code of its dry run."""

from typing import Annotated

from fastapi import Depends
from sqlmodel import Session, col, select

from mockhall.accounts.access import Editor, EditorForUpdate
from mockhall.db import Reading, Writing
from mockhall.results.models import Regrade
from mockhall.web.errors import NotYours


def _ruling(db: Session, code: str, *, lock: bool) -> Regrade:
    query = select(Regrade).where(Regrade.code == code.replace("\0", ""), col(Regrade.key_version_id).is_not(None))
    found = db.exec(query.with_for_update() if lock else query).first()
    if found is None:
        raise NotYours("There is no ruling at this address.")
    return found


def looked_ruling(db: Reading, code: str, _person: Editor) -> Regrade:
    """The dry run of a ruling with this code."""
    return _ruling(db, code, lock=False)


def ruling_for_update(db: Writing, code: str, _person: EditorForUpdate) -> Regrade:
    """The same, on the session that writes; on PostgreSQL the row is locked."""
    return _ruling(db, code, lock=True)


LookedRuling = Annotated[Regrade, Depends(looked_ruling)]
RulingForUpdate = Annotated[Regrade, Depends(ruling_for_update)]
