"""A regrade for the walk and for who may reach what."""

from fastapi.testclient import TestClient
from sqlmodel import Session, select

from mockhall.accounts.models import Person
from mockhall.papers.models import Paper
from mockhall.results import regrading
from tests.make import START


def applied_regrade(db: Session, actor: Person) -> str:
    """The code of a regrade that is over."""
    paper = db.exec(select(Paper).where(Paper.slug == "mock-1")).one()
    made = regrading.begin(db, paper, "An example", actor, START)
    made.state = regrading.Stage.APPLIED
    made.applied_at = START
    return made.code


def with_regrade(staff: TestClient) -> None:
    """A dry run that finds nothing to change, dropped."""
    reply = staff.post("/desk/papers/mock-1/regrade", data={"reason": "To see"})
    at = reply.headers["location"]
    staff.get(at)
    staff.get(at, headers={"HX-Request": "true", "HX-Request-Type": "partial"})
    staff.post(f"{at}/drop")
