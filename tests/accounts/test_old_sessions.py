"""Sessions that are too old are deleted by the sweep, in steps; those that still open something stay."""

from datetime import timedelta

from sqlmodel import select

from mockhall import startup
from mockhall.accounts.models import LoginSession
from mockhall.accounts.sessions import forget_expired
from tests.accounts.people import cast, sign_in, token_of
from tests.make import Site


def kept(site: Site) -> int:
    with site.reading() as db:
        return len(db.exec(select(LoginSession.id)).all())


def test_the_sweep_deletes_sessions_that_are_over_and_no_others(site: Site) -> None:
    cast(site, "Asha")
    for _ in range(2):
        sign_in(site.browser())
    site.clock.forward(days=20)
    newer, state = site.browser(), site.app.state
    sign_in(newer)
    startup.sweep(state.settings, state.database, state.on_close, site.clock())
    assert kept(site) == 3
    site.clock.forward(days=10, seconds=1)
    startup.sweep(state.settings, state.database, state.on_close, site.clock())
    assert kept(site) == 1
    assert token_of(newer)
    assert newer.get("/account").status_code == 200


def test_it_goes_in_steps(site: Site) -> None:
    cast(site, "Asha")
    for _ in range(3):
        sign_in(site.browser())
    later = site.clock() + timedelta(days=31)
    left = []
    for _ in range(2):
        with site.writing() as db:
            left.append(forget_expired(db, later, most=2))
    assert left == [True, False]
    assert kept(site) == 0
