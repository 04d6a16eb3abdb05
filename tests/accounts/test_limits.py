"""Limits: so many failures an account and an address, whatever is refused; the wait is said and is kept."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import select

from mockhall.accounts import limits
from mockhall.accounts.models import RateCount
from mockhall.settings import Settings
from tests.accounts.people import ASHA, cast, person, sign_in, sign_up, verbs
from tests.make import START, Site

MakeSite = Callable[[Settings], Site]
WRONG = "not her password"


def strict(settings: Settings, **changes: int) -> Settings:
    return settings.model_copy(update=changes)


def test_the_eleventh_try_in_a_row_waits_and_so_does_the_right_password(site: Site) -> None:
    cast(site, "Asha")
    for _ in range(10):
        assert sign_in(site.browser(), password=WRONG).status_code == 401
    wrong, right = sign_in(site.browser(), password=WRONG), sign_in(site.browser())
    for reply in (wrong, right):
        assert reply.status_code == 429
        assert reply.headers["retry-after"] == "900"
        assert "Wait 15 minutes" in reply.text
    assert wrong.text == right.text
    site.clock.forward(minutes=15, seconds=-1)
    assert sign_in(site.browser()).status_code == 429
    site.clock.forward(seconds=1)
    assert sign_in(site.browser()).status_code == 303


def test_nine_slips_and_then_the_right_password_begin_afresh(site: Site) -> None:
    cast(site, "Asha")
    for _ in range(2):
        for _ in range(9):
            sign_in(site.browser(), password=WRONG)
        assert sign_in(site.browser()).status_code == 303


def test_no_fifteen_minutes_hold_more_than_ten_failures(sqlite_site: Site) -> None:
    """Windows that begin with the clock, or with the first failure, would let twice as many in around their end."""
    cast(sqlite_site, "Asha")
    checked = []
    for gap in [0, 899, *[0] * 8, 2, *[0] * 9, 899, *[0] * 5, *[70] * 20]:
        sqlite_site.clock.forward(seconds=gap)
        if sign_in(sqlite_site.browser(), password=WRONG).status_code == 401:
            checked.append(sqlite_site.clock.at)
    assert len(checked) > 20
    spans = [later - first for first, later in zip(checked, checked[10:], strict=False)]
    assert min(spans) >= timedelta(minutes=15)


def test_an_address_without_an_account_is_locked_alike(site: Site) -> None:
    for _ in range(10):
        assert sign_in(site.browser(), "nobody@example.edu", WRONG).status_code == 401
    assert sign_in(site.browser(), "NOBODY@example.edu", WRONG).status_code == 429


def test_bens_account_is_open_while_ashas_waits(site: Site) -> None:
    cast(site, "Asha", "Ben")
    for _ in range(11):
        sign_in(site.browser(), password=WRONG)
    assert sign_in(site.browser(), "ben@example.edu").status_code == 303


def test_an_address_has_its_own_limit_over_all_accounts(settings: Settings, make_site: MakeSite) -> None:
    site = make_site(strict(settings, sign_ins_per_address=3))
    cast(site, "Asha")
    for each in range(3):
        assert sign_in(site.browser(), f"x{each}@example.edu", WRONG).status_code == 401
    reply = sign_in(site.browser())
    assert (reply.status_code, reply.headers["retry-after"]) == (429, "600")
    site.clock.forward(minutes=10)
    assert sign_in(site.browser()).status_code == 303


def test_a_school_that_signs_in_rightly_is_never_stopped(settings: Settings, make_site: MakeSite) -> None:
    site = make_site(strict(settings, sign_ins_per_address=3))
    cast(site, "Asha")
    assert {sign_in(site.browser()).status_code for _ in range(8)} == {303}


def test_sign_up_has_a_limit_and_keeps_what_was_typed(settings: Settings, make_site: MakeSite) -> None:
    site = make_site(strict(settings, sign_ins_per_address=2))
    for each in range(2):
        assert sign_up(site.browser(), f"x{each}@example.edu").status_code == 303
    reply = sign_up(site.browser(), name="Asha")
    assert reply.status_code == 429
    assert reply.headers["retry-after"] == "600"
    assert f'value="{ASHA}"' in reply.text
    assert 'value="Asha"' in reply.text


def test_who_has_an_account_is_told_a_tenth_as_often(settings: Settings, make_site: MakeSite) -> None:
    site = make_site(strict(settings, sign_ins_per_address=20))
    cast(site, "Asha")
    said = [sign_up(site.browser()).status_code for _ in range(3)]
    assert said == [422, 422, 429]


def test_reset_has_a_limit(settings: Settings, make_site: MakeSite) -> None:
    site = make_site(strict(settings, sign_ins_per_address=2))
    said = [site.browser().post("/reset/x", data={"password": WRONG}) for _ in range(3)]
    assert [reply.status_code for reply in said] == [404, 404, 429]
    assert said[-1].headers["retry-after"] == "600"


def test_a_refusal_is_json_for_a_script(settings: Settings, make_site: MakeSite) -> None:
    site = make_site(strict(settings, sign_ins_per_address=1))
    browser = site.browser()
    browser.headers["accept"] = "application/json"
    sign_in(browser, password=WRONG)
    reply = sign_in(browser, password=WRONG)
    assert (reply.status_code, reply.json()["reason"], reply.headers["retry-after"]) == (429, "too_many", "600")


def test_a_header_does_not_change_the_address_that_counts(settings: Settings, make_site: MakeSite) -> None:
    site = make_site(strict(settings, sign_ins_per_address=2))
    browser = site.browser()
    said = []
    for each in range(3):
        browser.headers["x-forwarded-for"] = f"10.0.0.{each}"
        said.append(sign_in(browser, f"x{each}@example.edu", WRONG).status_code)
    assert said == [401, 401, 429]


def test_a_try_that_waits_is_not_checked_and_not_logged(sqlite_site: Site) -> None:
    cast(sqlite_site, "Asha")
    for _ in range(15):
        sign_in(sqlite_site.browser(), password=WRONG)
    assert verbs(sqlite_site).count("sign-in failed") == 10


def test_no_address_of_a_person_is_kept_in_the_counts(sqlite_site: Site) -> None:
    cast(sqlite_site, "Asha")
    sign_in(sqlite_site.browser(), password=WRONG)
    with sqlite_site.reading() as db:
        assert ASHA not in str(db.exec(select(RateCount.key)).all())
    assert person(sqlite_site).email == ASHA


@pytest.mark.parametrize("rolling", [False, True])
def test_a_window_begins_with_its_first_count_and_ends(site: Site, rolling: bool) -> None:
    item = limits.limit_of(2, 1)
    with site.writing() as db:
        assert [limits.count(db, item, "k", START, rolling=rolling) for _ in range(3)] == [1, 2, 3]
        assert limits.wait(db, item, "k", START + timedelta(seconds=59)) == 1
        assert limits.wait(db, item, "k", START + timedelta(seconds=60)) == 0
        assert limits.count(db, item, "k", START + timedelta(seconds=60), rolling=rolling) == 1


def test_counts_long_past_are_forgotten_and_others_not(site: Site) -> None:
    item = limits.limit_of(2, 1)
    with site.writing() as db:
        limits.count(db, item, "old", START)
        limits.count(db, item, "new", START + timedelta(minutes=2))
        limits.forget_old(db, START + timedelta(minutes=2, seconds=1))
        assert db.exec(select(RateCount.key)).all() == ["new"]
