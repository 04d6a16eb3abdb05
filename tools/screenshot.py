"""Takes pictures of pages: python -m tools.screenshot [--base URL] [--dark] [--out DIR] [PATH ...]

Without --base it starts a server of its own, with the shipped content in a temporary data folder. A PATH that starts a
test is fine too: `start:SLUG` starts the test as a guest and takes its room.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.servers.chromium import args as flags
from tests.servers.chromium import find_chromium, why_not
from tests.servers.serving import free_port, serving

SIZES = {"phone": (390, 844), "desk": (1280, 800)}
PAGES = ("/", "/papers", "/guides", "/sign-in", "/accessibility", "/privacy")


def main() -> None:
    """Reads the arguments, takes each page in each size, prints the files."""
    parser = argparse.ArgumentParser(prog="screenshot", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("paths", nargs="*", default=PAGES, metavar="PATH")
    parser.add_argument("--base", help="a running server; else one is started")
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--out", type=Path, default=Path("test-results/screenshots"))
    given = parser.parse_args()
    chromium = find_chromium()
    if chromium is None:
        sys.exit(why_not())
    given.out.mkdir(parents=True, exist_ok=True)
    with server(given.base) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=flags())
        for size, (width, height) in SIZES.items():
            page = browser.new_page(
                viewport={"width": width, "height": height}, color_scheme="dark" if given.dark else "light"
            )
            for path in given.paths:
                print(take(page, base, path, given.out, f"{size}{'-dark' if given.dark else ''}"))
        browser.close()


@contextmanager
def server(base: str | None) -> Iterator[str]:
    """The server named, or one of our own."""
    if base:
        yield base.rstrip("/")
        return
    with tempfile.TemporaryDirectory() as folder:
        command = [Path(sys.executable).with_name("mockhall"), "serve"]
        with serving(command, Path(folder), free_port()) as own:
            yield own


def take(page: Page, base: str, path: str, folder: Path, suffix: str) -> Path:
    """One picture of the whole page; the file's name is the path's."""
    slug = path.removeprefix("start:")
    page.goto(f"{base}/papers/{slug}" if slug != path else base + path)
    if slug != path:
        page.get_by_role("button", name="Start").first.click()
        page.wait_for_url("**/attempts/**")
    file = folder / f"{slug.strip('/').replace('/', '-') or 'front'}-{suffix}.png"
    page.screenshot(path=file, full_page=True)
    return file


if __name__ == "__main__":
    main()
