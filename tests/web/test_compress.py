"""Who refuses gzip gets none: of pages, of static files, of the exam room."""

import pytest

from mockhall.web.compress import takes_gzip
from tests.make import Site, make_paper
from tests.papers.front import guest_browser, start


@pytest.mark.parametrize(
    ("header", "takes"),
    [
        (b"gzip", True), (b"gzip, deflate, br", True), (b"br;q=1.0, GZIP;q=0.1", True), (b"x-gzip", True),
        (b"gzip;q=0", False), (b"gzip; q=0.000, identity", False), (b"br, gzip ; q = 0", False), (b"", False),
        (b"identity", False), (b"gzip;q=0.001", True), (b"gzip;q=", True), (b"notgzip", False), (b"\xff;q=0", False),
    ],
)  # fmt: skip
def test_it_is_read_from_accept_encoding(header: bytes, takes: bool) -> None:
    assert takes_gzip(header) is takes


def test_no_page_and_no_file_is_zipped_for_who_refuses_it(sqlite_site: Site) -> None:
    with sqlite_site.writing() as db:
        make_paper(db)
    browser = guest_browser(sqlite_site)
    room = start(browser)
    page = browser.get("/").text
    style = page.split('rel="stylesheet" href="')[1].split('"')[0]
    for path in ("/", style, room, room):  # the room's second page is one that was kept
        for sent, coding in (("gzip;q=0", None), ("gzip", "gzip"), ("gzip;q=0, br", None)):
            reply = browser.get(path, headers={"Accept-Encoding": sent})
            assert (reply.status_code, reply.headers.get("content-encoding")) == (200, coding), (path, sent)
            assert "accept-encoding" in reply.headers["vary"].lower(), path
