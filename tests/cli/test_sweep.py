"""`mockhall sweep`: what is over is handed in."""

from datetime import timedelta

from sqlmodel import select

from mockhall.attempts.models import Attempt
from mockhall.settings import Settings
from mockhall.web.now import clock
from tests.cli.command import MakeSite, Run
from tests.make import make_paper


def test_sweep_hands_in_what_is_over(run_on: Run, settings: Settings, make_site: MakeSite) -> None:
    site = make_site(settings)
    site.clock.at = clock() - timedelta(hours=2)
    with site.writing() as db:
        make_paper(db, minutes=30, now=site.clock.at)
    site.browser().post("/papers/mock-1/attempts", data={"name": "Asha"})
    assert run_on("sweep").out == "Handed in: 1\n"
    assert run_on("sweep").out == "Handed in: 0\n"
    with site.reading() as db:
        assert db.exec(select(Attempt)).one().running_key is None
