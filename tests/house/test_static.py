"""static/ and templates/: what a page loads is ours, small and complete."""

import gzip
import re
import tomllib
from pathlib import Path

import pytest

from tools import vendor

ROOT = Path(__file__).resolve().parents[2]
STATIC, TEMPLATES = ROOT / "static", ROOT / "templates"
CSS = STATIC / "css"
BUNDLES: dict[str, list[str]] = tomllib.loads((CSS / "bundles.toml").read_text())
PAGES = sorted(TEMPLATES.rglob("*.html"))
TEXTS = [p for p in sorted(STATIC.rglob("*")) if p.suffix in {".css", ".js", ".svg"} and "vendor" not in p.parts]
SCRIPTS = sorted((STATIC / "js").rglob("*.js"))
FONTS = re.findall(r"url\(\.\./fonts/([\w.-]+)\)", (CSS / "fonts.css").read_text())


def bundle(name: str) -> bytes:
    """A bundle as it is served."""
    return b"\n".join((CSS / part).read_bytes() for part in BUNDLES[name])


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_vendored_files_are_as_they_were_fetched() -> None:
    assert vendor.problems() == []


@pytest.mark.parametrize("name", BUNDLES)
def test_a_style_bundle_stays_small(name: str) -> None:
    assert len(bundle(name)) < 52 * 1024
    assert len(gzip.compress(bundle(name))) < 13_000


def test_every_style_sheet_is_in_a_bundle() -> None:
    listed = {part for parts in BUNDLES.values() for part in parts}
    assert listed == {path.name for path in CSS.glob("*.css")}


@pytest.mark.parametrize("name", BUNDLES)
def test_a_bundle_has_each_part_once_and_its_braces_closed(name: str) -> None:
    assert len(set(BUNDLES[name])) == len(BUNDLES[name])
    for part in BUNDLES[name]:
        text = (CSS / part).read_text()
        assert text.count("{") == text.count("}"), part


@pytest.mark.parametrize("path", TEXTS, ids=named)
def test_nothing_points_at_another_host(path: Path) -> None:
    text = path.read_text().replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"(https?:)?//[\w-]+\.[a-z]{2,}", text), "an address of another host"
    for target in re.findall(r"url\(\s*['\"]?([^)'\"]+)", text):
        assert target.startswith(("../fonts/", "data:image/svg+xml")), target


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_a_template_has_nothing_inline_that_the_policy_forbids(path: Path) -> None:
    text = re.sub(r"{#.*?#}", "", path.read_text(), flags=re.DOTALL)
    assert not re.search(r"<style|<[^>]*\sstyle\s*=|<[^>]*\son[a-z]+\s*=|javascript:", text)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text))
    assert not re.search(r"""(src|href|action)="(https?:)?//""", text)


def icons_of(text: str) -> set[str]:
    """Icon names in a template: icon('x'), icon({...: 'x'}), and the macros that take one."""
    names = set(re.findall(r"(?:icon|notice|empty)\('([a-z0-9-]+)'", text))
    names |= set(re.findall(r"callout\('\w*', '([a-z0-9-]+)'", text))
    for chosen in re.findall(r"(?:icon\(|set pictures = )\{([^}]*)\}", text):
        names |= set(re.findall(r": '([a-z0-9-]+)'", chosen))
    return names


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_every_icon_of_a_template_is_in_the_sprite(path: Path) -> None:
    drawn = set(re.findall(r'<symbol id="i-([a-z0-9-]+)"', (STATIC / "icons.svg").read_text()))
    assert icons_of(path.read_text()) <= drawn, "add it to NAMES in tools/icons.py and run that"


def test_the_sprites_licence_is_beside_it() -> None:
    assert "ISC" in (STATIC / "icons-LICENSE.txt").read_text()


def test_the_fonts_of_a_first_visit_stay_small() -> None:
    first = ("inter-basic", "source-serif-basic", "jetbrains-mono-basic")
    assert sum((STATIC / "fonts" / f"{name}.woff2").stat().st_size for name in first) < 62_000


def test_fonts_that_load_when_needed_stay_under_their_budget() -> None:
    for name in FONTS:
        assert (STATIC / "fonts" / name).stat().st_size < 90_000, name


def test_every_font_is_listed_and_brings_its_licence() -> None:
    assert sorted(FONTS) == sorted(path.name for path in (STATIC / "fonts").glob("*.woff2"))
    licences = list((STATIC / "fonts").glob("OFL-*.txt"))
    assert len(licences) == 5
    assert all("SIL Open Font License" in path.read_text() for path in licences)


@pytest.mark.parametrize("path", SCRIPTS, ids=named)
def test_a_script_is_one_short_behaviour_that_says_what_it_is(path: Path) -> None:
    lines = path.read_text().splitlines()
    assert len(lines) < 120
    assert lines[0].startswith("//")
    assert not re.search(r"\beval\(|new Function|\.innerHTML\s*=|document\.write", path.read_text())
