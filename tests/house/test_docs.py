"""What the documents say is so: settings, addresses, commands, packages, links, tests, the format of content."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from mockhall.exam.reveal import PRESETS as REVEALS
from mockhall.exam.scheme import PRESETS as SCHEMES
from mockhall.formats.content import read_folder
from mockhall.settings import Settings
from tests.house.reasons import REASONS
from tests.house.test_access import house
from tests.house.test_routes import addresses
from tests.make import Site

ROOT = Path(__file__).resolve().parents[2]
# Promised in docs/contract.md and not built yet. What is built leaves this list: the test below says so.
LATER = {
    "/claim", "/verify/{token}", "/guides", "/guides/{slug}",
    "/practice", "/notebook", "/plan", "/progress", "/desk/imports",
    "/metrics", "/api/docs", "/guides/{slug}.pdf",
}  # fmt: skip
LATER_COMMANDS = {"import", "export"}
PACKAGE = ROOT / "platform/mockhall"
DOCUMENTS = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "content/README.md"]


def text_of(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


# ---------------------------------------------------------------- docs/settings.md


def rows_of_settings() -> dict[str, str]:
    """The table of docs/settings.md: the default of each variable as it is written there."""
    return dict(re.findall(r"^\| `(MOCKHALL_\w+)` \| ([^|]*?) \|", text_of("docs/settings.md"), re.MULTILINE))


def test_the_settings_page_has_each_setting_and_no_other() -> None:
    assert set(rows_of_settings()) == {f"MOCKHALL_{name.upper()}" for name in Settings.model_fields}


def test_the_settings_page_says_what_each_setting_is_for_and_what_it_may_be() -> None:
    rows = [line.strip("| ").split(" | ") for line in text_of("docs/settings.md").splitlines() if line[:3] == "| `"]
    assert len(rows) == len(Settings.model_fields)
    assert all(len(cells) == 4 and all(cells) for cells in rows)


def test_the_settings_page_gives_the_defaults_in_force() -> None:
    for name, given in rows_of_settings().items():
        default = Settings.model_fields[name.removeprefix("MOCKHALL_").lower()].default
        shown = str(default).lower() if isinstance(default, bool) else str(default)
        assert given == (f"`{shown}`" if shown else "empty"), name


def test_no_document_names_a_setting_that_is_not_there() -> None:
    known = {f"MOCKHALL_{name.upper()}" for name in Settings.model_fields}
    known |= {"MOCKHALL_PUBLISH"}  # compose's own: where the host listens
    for path in [
        *ROOT.glob("*.md"),
        *ROOT.glob("docs/*.md"),
        ROOT / "compose.yaml",
        ROOT / "Dockerfile",
        ROOT / "Makefile",
    ]:
        named = set(re.findall(r"MOCKHALL_[A-Z]+(?:_[A-Z]+)*", path.read_text("utf-8")))
        assert named <= known, path.name


# ---------------------------------------------------------------- docs/contract.md


def promised() -> set[str]:
    """The addresses of the table in docs/contract.md, spelt out."""
    table = text_of("docs/contract.md").partition("## Web addresses")[2].partition("## A save")[0]
    cells = [line.split("|")[1] for line in table.splitlines() if line.startswith("|") and "`" in line]
    found = {each for cell in cells for each in re.findall(r"`(/[^`]*)`", cell)} - {"/time", "/desk/...", "/api/v1/..."}
    desk = re.search(r"`/desk/\.\.\.` \| editors and staff: (.*) \|", table)
    assert desk
    found |= {f"/desk/{each}" for each in re.findall(r"`(\w[^`]*)`", desk[1])} | {"/desk/attempts/{code}/time"}
    return found


def test_every_promised_address_is_there_or_known_to_come_later(sqlite_site: Site) -> None:
    there = {re.sub(r"{\w+}", "{}", each.path) for each in addresses(sqlite_site.app)}
    wanted = promised()
    assert len(wanted) > 40
    assert {each for each in wanted if re.sub(r"{\w+}", "{}", each) not in there} - LATER == set()
    built = {each for each in LATER if re.sub(r"{\w+}", "{}", each) in there}
    assert built == set(), "it is built: take it off LATER"


def test_every_promised_address_that_is_built_answers_who_may_see_it(sqlite_site: Site) -> None:
    here = house(sqlite_site, "admin")
    gets = {re.sub(r"{\w+}", "{}", each.path): each for each in addresses(sqlite_site.app) if each.method == "GET"}
    asked = [gets[key] for path in promised() if (key := re.sub(r"{\w+}", "{}", path)) in gets]
    assert len(asked) > 15
    for each in asked:
        assert here.ask(each, "there").status_code in {200, 303}, each.path


def test_every_promised_command_is_there() -> None:
    line = re.search(r"`mockhall (serve \|[^`]*)`", text_of("docs/contract.md"))
    assert line
    wanted = {each.split()[0] for each in line[1].replace("\n", " ").split(" | ") if each.split()[0].islower()}
    ran = subprocess.run([sys.executable, "-m", "mockhall", "--help"], capture_output=True, text=True, check=True)
    there = set(re.findall(r"^  ([a-z]+) ", ran.stdout, re.MULTILINE))
    assert len(wanted) > 8
    assert wanted - there - LATER_COMMANDS == set()
    assert there & LATER_COMMANDS == set(), "it is built: take it off LATER_COMMANDS"


# ---------------------------------------------------------------- ARCHITECTURE.md


def part_of_architecture(heading: str) -> str:
    found = text_of("ARCHITECTURE.md").partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    assert found, heading
    return found


def test_the_architecture_names_every_package_and_module_and_none_that_is_not_there() -> None:
    tree = part_of_architecture("Tree")
    lines = re.findall(r"^    (\S+/|\S+\.py(?: \S+\.py)*)(?: |$)", tree, re.MULTILINE)
    named = {name for line in lines for name in line.split()}
    there = {path.name for path in PACKAGE.glob("*.py")} | {
        f"{path.parent.name}/" for path in PACKAGE.glob("*/__init__.py")
    }
    assert len(there) > 17
    assert named == there


def test_the_architecture_names_the_extra_files_of_each_feature() -> None:
    names = part_of_architecture("The same file names in every feature")
    extra = {name for feature in REASONS for name in REASONS[feature] if (PACKAGE / feature / f"{name}.py").exists()}
    assert len(extra) > 20
    assert {name for name in extra if f"`{name}`" not in names} == set()


def test_what_the_architecture_calls_not_built_is_not_there() -> None:
    later = part_of_architecture("Not built yet")
    named = re.findall(r"^- `([\w/.]+)`", later, re.MULTILINE)
    assert named
    assert [name for name in named if (PACKAGE / name).exists()] == [], "it is built: take it off the list"
    assert set(re.findall(r"`mockhall (\w+)`", later)) == LATER_COMMANDS


def test_every_document_that_is_named_exists() -> None:
    places = [
        *ROOT.glob("*.md"),
        *ROOT.glob("docs/*.md"),
        *ROOT.glob("platform/**/*.py"),
        *ROOT.glob("templates/**/*.html"),
    ]
    lost = {
        f"{path.name}: {name}"
        for path in places
        for name in re.findall(r"\bdocs/[\w-]+\.md\b", path.read_text("utf-8"))
        if not (ROOT / name).is_file()
    }
    assert lost == set()


def test_every_relative_link_and_picture_is_there() -> None:
    links = {(path, link) for path in DOCUMENTS for link in re.findall(r"\]\(([^)\s]+)\)", path.read_text("utf-8"))}
    inside = {(path, link.partition("#")[0]) for path, link in links if not link.startswith(("http", "#"))}
    assert len(inside) > 5
    assert {f"{path.name}: {link}" for path, link in inside if not (path.parent / link).exists()} == set()


def test_every_test_that_proves_a_promise_is_there() -> None:
    named = {(path, name) for path in DOCUMENTS for name in re.findall(r"`(tests/[\w/.]*)`", path.read_text("utf-8"))}
    assert len([name for path, name in named if path.name == "SECURITY.md"]) > 10
    lost = {
        f"{path.name}: {name}"
        for path, name in named
        if not ((ROOT / name).is_file() or any((ROOT / name).rglob("test_*.py")))
    }
    assert lost == set()


# ---------------------------------------------------------------- content/README.md


def blocks(language: str) -> list[str]:
    """The fenced examples of content/README.md in one language."""
    found = re.findall(rf"^(`{{3,}}){language}\n(.*?)^\1$", text_of("content/README.md"), re.MULTILINE | re.DOTALL)
    return [text for _, text in found]


@pytest.fixture
def written_down(tmp_path: Path) -> Path:
    """The example paper of content/README.md as files; its question stands under each of the listed names."""
    (paper,), (question,) = blocks("yaml"), blocks("markdown")
    folder = tmp_path / "papers/fastapi-mock-1"
    folder.mkdir(parents=True)
    (folder / "paper.yaml").write_text(paper, "utf-8")
    for section in yaml.safe_load(paper)["sections"]:
        for place, name in enumerate(section["questions"]):
            text = question.replace("What does this program print?", f"What does this program print? ({place})")
            (folder / f"{name}.md").write_text(text, "utf-8")
    return tmp_path


def test_the_example_paper_is_read_without_a_problem(written_down: Path) -> None:
    papers, problems = read_folder(written_down)
    assert problems == []
    assert [paper.slug for paper in papers] == ["fastapi-mock-1"]
    assert sum(len(section.questions) for section in papers[0].sections) == 2


def test_a_mistake_in_the_example_would_be_seen(written_down: Path) -> None:
    paper = written_down / "papers/fastapi-mock-1/paper.yaml"
    paper.write_text(paper.read_text("utf-8").replace("minutes: 40", "minutes: forty"), "utf-8")
    assert read_folder(written_down)[1]


def test_the_presets_of_the_example_are_those_there_are() -> None:
    text = text_of("content/README.md")
    named = set(re.findall(r"`([a-z0-9-]+)`\s+\([+−-]\d", text))
    assert named == set(SCHEMES)
    choices = re.search(r"^reveal: .*# (.*)$", text, re.MULTILINE)
    assert choices
    assert {each.strip() for each in choices[1].split("|")} == set(REVEALS)
