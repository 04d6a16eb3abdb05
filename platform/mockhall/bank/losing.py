"""What a change of many questions takes from draws: the questions themselves, or a topic or tag that some look for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from mockhall.bank.bulk_forms import Sent
from mockhall.bank.models import QuestionStatus, Topic
from mockhall.bank.picked import Picked
from mockhall.exam.draws import Candidate


@dataclass(frozen=True)
class Loss:
    """Questions that change, and what is `left` of one for draws: none where they are gone."""

    questions: frozenset[int]
    left: Callable[[Candidate], Candidate | None] = lambda _: None
    are_gone: bool = True


def loss_of(db: Session, sent: Sent, picked: Sequence[Picked]) -> Loss | None:
    """What the button pressed takes away; None where no test can feel it. What is retired already was lost then."""
    ids = frozenset(each.question.id or 0 for each in picked if each.question.status != QuestionStatus.RETIRED)
    if sent.then in {"retired", "delete"}:
        return Loss(ids)
    if sent.then == "untag":
        # Draws go on with the version somebody verified; a newer one loses the tag without them.
        versions, tag = {each.version.id for each in picked}, sent.word.casefold()
        return Loss(ids, lambda each: _without(each, tag) if each.version in versions else each, are_gone=False)
    topics = _titles(db, sent.to) if sent.then == "move" else frozenset[str]()
    return Loss(ids, lambda each: replace(each, topics=topics), are_gone=False) if topics else None


def _without(candidate: Candidate, tag: str) -> Candidate:
    return replace(candidate, tags=candidate.tags - {tag})


def _titles(db: Session, slug: str) -> frozenset[str]:
    """By what draws know a topic: its title and its subject's, as `pool` has them."""
    subject = aliased(Topic)
    query = select(Topic.title, subject.title).outerjoin(subject, col(subject.id) == Topic.parent_id)
    found = db.exec(query.where(Topic.slug == slug)).first()
    return frozenset(each.casefold() for each in found or () if each)
