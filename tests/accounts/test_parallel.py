"""Many at once: a guest merges once, limits hold, passwords are hashed two at a time and never by the one writer."""

import asyncio
import fcntl
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import httpx2
import pytest
from sqlmodel import select

from mockhall.accounts import passwords
from mockhall.accounts.models import LoginSession, Person
from mockhall.settings import Settings
from tests.accounts.people import ASHA, cast, guest_with_attempt, owners, sign_in, sign_up, token_of, verbs
from tests.make import PASSWORD, Site


def at_once(site: Site, path: str, forms: list[dict[str, str]], token: str = "") -> list[int]:
    """Send all these forms at the same time, as browsers that hold the same token; what was answered."""

    async def send(transport: httpx2.ASGITransport, form: dict[str, str]) -> int:
        async with httpx2.AsyncClient(transport=transport, base_url="http://testserver") as client:
            headers = {"cookie": f"mockhall={token}"} if token else {}
            return int((await client.post(path, data=form, headers=headers)).status_code)

    async def all_of_them() -> list[int]:
        transport = httpx2.ASGITransport(app=site.app)
        return await asyncio.gather(*[send(transport, form) for form in forms])

    # In a thread of its own: where browser tests ran before in this process, its main thread has a loop already.
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(all_of_them())).result()


def test_fifty_sign_ins_of_one_guest_merge_once(site: Site) -> None:
    (asha,) = cast(site, "Asha")
    browser = guest_with_attempt(site)
    said = at_once(site, "/sign-in", [{"email": ASHA, "password": PASSWORD}] * 50, token_of(browser))
    assert said == [303] * 50
    assert owners(site) == [asha.id]
    assert verbs(site).count("merge") == 1
    with site.reading() as db:
        guests = db.exec(select(Person).where(Person.role == "guest")).all()
        assert [guest.merged_into_id for guest in guests] == [asha.id]
        assert len(db.exec(select(LoginSession.token_hash)).all()) == 51


def test_two_accounts_that_take_the_same_guest_leave_the_attempt_with_one(site: Site) -> None:
    people = {person.id for person in cast(site, "Asha", "Ben")}
    browser = guest_with_attempt(site)
    forms = [{"email": f"{name}@example.edu", "password": PASSWORD} for name in ("asha", "ben")] * 5
    assert at_once(site, "/sign-in", forms, token_of(browser)) == [303] * 10
    assert set(owners(site)) < people
    assert verbs(site).count("merge") == 1


def test_a_sign_up_pressed_ten_times_makes_one_account(site: Site) -> None:
    browser = guest_with_attempt(site)
    form = {"email": ASHA, "password": PASSWORD}
    said = at_once(site, "/sign-up", [form] * 10, token_of(browser))
    assert sorted(said) == [303] + [422] * 9
    with site.reading() as db:
        assert len(db.exec(select(Person.id)).all()) == 1


def test_a_guest_who_signs_up_twice_at_once_becomes_one_of_the_two(site: Site) -> None:
    browser = guest_with_attempt(site)
    forms = [{"email": f"{name}@example.edu", "password": PASSWORD} for name in ("asha", "ben")]
    assert at_once(site, "/sign-up", forms, token_of(browser)) == [303, 303]
    with site.reading() as db:
        assert sorted(str(each) for each in db.exec(select(Person.email))) == ["asha@example.edu", "ben@example.edu"]
    assert len(owners(site)) == 1


def test_a_link_used_ten_times_at_once_sets_one_password(site: Site) -> None:
    from mockhall.accounts import actions

    (asha,) = cast(site, "Asha")
    with site.writing() as db:
        link = f"/reset/{actions.new_link(db, asha, site.clock())}"
    said = at_once(site, link, [{"password": f"password number {each}"} for each in range(10)])
    assert sorted(said) == [303] + [404] * 9
    assert verbs(site).count("password") == 1


def test_guesses_at_the_same_time_do_not_outrun_the_limit(site: Site, hasher: "Hasher") -> None:
    cast(site, "Asha")
    before = hasher.verified
    said = at_once(site, "/sign-in", [{"email": ASHA, "password": f"guess {each}"} for each in range(40)])
    assert sorted(said) == [401] * 10 + [429] * 30
    assert hasher.verified - before == 10


class Hasher:
    """The real hasher, watched: how often, how many at once, and whether the writer was free meanwhile."""

    def __init__(self, real: Any) -> None:
        self.real, self.verified, self.hashed, self.most, self._now = real, 0, 0, 0, 0
        self.watch: Callable[[], None] = lambda: None
        self._lock = threading.Lock()

    def verify(self, *given: Any) -> bool:
        self.verified += 1
        with self._counted():
            return bool(self.real.verify(*given))

    def hash(self, *given: Any) -> str:
        self.hashed += 1
        with self._counted():
            return str(self.real.hash(*given))

    @contextmanager
    def _counted(self) -> Iterator[None]:
        with self._lock:
            self._now += 1
            self.most = max(self.most, self._now)
        self.watch()
        yield
        with self._lock:
            self._now -= 1


@pytest.fixture
def hasher(monkeypatch: pytest.MonkeyPatch) -> Hasher:
    watched = Hasher(passwords._HASHER)
    monkeypatch.setattr(passwords, "_HASHER", watched)
    return watched


def test_a_password_is_verified_for_who_does_not_exist_too(site: Site, hasher: Hasher) -> None:
    """Else the time of an answer would tell who has an account."""
    cast(site, "Asha")
    for email in (ASHA, "ravi@example.edu", "no address", "\0", ""):
        before = hasher.verified
        sign_in(site.browser(), email, "wrong password")
        assert hasher.verified == before + 1, email


def test_at_most_two_passwords_are_hashed_at_once(sqlite_site: Site, hasher: Hasher) -> None:
    cast(sqlite_site, "Asha")
    at_once(sqlite_site, "/sign-in", [{"email": ASHA, "password": PASSWORD}] * 12)
    threads = [threading.Thread(target=passwords.hash_password, args=(PASSWORD,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert hasher.most == 2


def test_no_password_is_hashed_while_the_one_writer_is_held(
    sqlite_settings: Settings, make_site: Callable[[Settings], Site], hasher: Hasher
) -> None:
    site = make_site(sqlite_settings)
    (asha,) = cast(site, "Asha")
    from mockhall.accounts import actions

    with site.writing() as db:
        link = actions.new_link(db, asha, site.clock())
    free = []

    def is_writer_free() -> None:
        with (sqlite_settings.data_dir / "mockhall.db.lock").open("ab") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            free.append(True)

    hasher.watch = is_writer_free
    sign_in(site.browser())
    sign_in(site.browser(), ASHA, "wrong password")
    sign_up(site.browser(), "ben@example.edu")
    site.browser().post(f"/reset/{link}", data={"password": "a brand new password"})
    assert len(free) == 4
