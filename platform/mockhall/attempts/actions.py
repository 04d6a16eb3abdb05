"""Verbs of the exam room beside the lane's: attempts change hands."""

from sqlmodel import Session, select

from mockhall.attempts.models import Attempt


def give_to(db: Session, guest_id: int, person_id: int) -> None:
    """Move a guest's attempts to the account that signed in.

    Where both run the same paper both go on: the guest's keeps its own key, so that neither is lost."""
    for attempt in db.exec(select(Attempt).where(Attempt.person_id == guest_id)):
        attempt.person_id = person_id
        key = f"{person_id}:{attempt.paper_id}"
        if attempt.running_key and not db.exec(select(Attempt.id).where(Attempt.running_key == key)).first():
            attempt.running_key = key
        db.add(attempt)
    db.flush()
