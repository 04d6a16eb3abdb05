"""What a page weighs over the wire, measured in a real browser."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Open

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("accessibility")]
KB = 1000


class Scales:
    """Adds up what the browser receives, headers included, by kind of resource."""

    def __init__(self, page: Page) -> None:
        self.kinds: dict[str, str] = {}
        self.bytes: dict[str, float] = {}
        self.hosts: set[str] = set()
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.responseReceived", self._received)
        session.on("Network.loadingFinished", self._finished)

    def _received(self, event: dict) -> None:  # type: ignore[type-arg]  # as the protocol sends it
        self.kinds[event["requestId"]] = event["type"]
        if event["response"]["url"].startswith("http"):
            self.hosts.add(event["response"]["url"].split("/")[2])

    def _finished(self, event: dict) -> None:  # type: ignore[type-arg]
        kind = self.kinds.get(event["requestId"], "Other")
        self.bytes[kind] = self.bytes.get(kind, 0) + event["encodedDataLength"]

    @property
    def total(self) -> float:
        return sum(self.bytes.values())


@pytest.mark.parametrize(("slug", "first", "again"), [("fastapi-mock-1", 120, 15), ("aptitude", 210, 15)])
def test_the_exam_room_is_light(open_page: Open, slug: str, first: int, again: int) -> None:
    """A paper with formulas may add one font of at most 90 kB."""
    started = open_page(f"/papers/{slug}")
    started.get_by_role("button", name="Start without signing up").click()
    started.wait_for_url("**/attempts/**")
    fresh = open_page("/healthz")  # a browser that has loaded nothing of ours yet
    fresh.context.add_cookies(started.context.cookies())  # type: ignore[arg-type]  # as they came
    scales = Scales(fresh)
    fresh.goto(started.url)
    fresh.wait_for_load_state("networkidle")
    assert scales.total < first * KB, scales.bytes
    assert scales.bytes.get("Script", 0) < 25 * KB, scales.bytes
    assert len(scales.hosts) == 1, scales.hosts
    repeat = Scales(fresh)
    fresh.goto(started.url)
    fresh.wait_for_load_state("networkidle")
    assert repeat.total < again * KB, repeat.bytes


def test_no_page_asks_another_host(open_page: Open) -> None:
    page = open_page("/healthz")
    scales = Scales(page)
    for path in ("/", "/papers/fastapi-mock-1", "/sign-in", "/accessibility"):
        page.goto(path)
        page.wait_for_load_state("networkidle")
    assert scales.hosts == {page.url.split("/")[2]}
