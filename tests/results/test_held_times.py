"""No question takes longer than its attempt, whatever a device says."""

import pytest
from sqlmodel import select

from mockhall.attempts.models import Response
from tests.attempts.room_of import a_paper, sit
from tests.make import Site


@pytest.mark.parametrize(("said", "kept"), [(59_000, 59_000), (60_001, 60_000), (86_400_000, 60_000)])
def test_a_measured_time_is_held_to_what_has_passed(site: Site, said: int, kept: int) -> None:
    a_paper(site)
    sitting = sit(site)
    site.clock.forward(minutes=1)
    sitting.save(1, choice="o1", active_ms=said)
    sitting.submit()
    with site.reading() as db:
        assert db.exec(select(Response.active_ms).where(Response.number == 1)).one() == kept
    page = sitting.browser.get(f"/attempts/{sitting.code}/result").text
    assert ("24:00:00" in page, "1440:00" in page) == (False, False)
