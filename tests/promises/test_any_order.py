"""Any order of steps, duplicates, lost replies, two devices, edits, restarts: what is stored is what the model says."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from mockhall.accounts.models import Role
from mockhall.settings import Settings
from tests.make import make_paper, make_person
from tests.promises.machine import SLUGS, Room
from tests.promises.reach import Reach

UNHURRIED = settings(
    deadline=None, suppress_health_check=list(HealthCheck), stateful_step_count=20, print_blob=True, database=None
)


@pytest.fixture
def room(settings: Settings) -> Iterator[type[Room]]:
    """The machine on a database of its own, which all examples share."""
    reach = Reach(settings)
    with reach.site.writing() as db:
        for slug, policy in zip(SLUGS, ("auto", "strict_cbt"), strict=True):
            make_paper(db, slug, minutes=30, save_policy=policy)
        tara, sita = make_person(db, "Tara", Role.EDITOR), make_person(db, "Sita", Role.STAFF)
    yield type("RoomHere", (Room,), {"reach": reach, "tara": tara, "sita": sita})
    reach.close()


def test_sixty_stories_of_an_attempt_end_as_the_model_says(room: type[Room]) -> None:
    run_state_machine_as_test(room, settings=settings(UNHURRIED, max_examples=60))


@pytest.mark.long
def test_two_thousand_stories_of_an_attempt_end_as_the_model_says(room: type[Room]) -> None:
    run_state_machine_as_test(room, settings=settings(UNHURRIED, max_examples=2000))
