"""Every template is rendered on a walk through the site, with the names it needs, and no link on the way is dead."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import StrictUndefined, meta, nodes

import mockhall
from mockhall import paths
from mockhall.app import create_app
from mockhall.settings import Settings
from tests.house.test_routes import addresses
from tests.house.tour import MOST_PAGES, Tour, walk
from tests.make import Clock, Site

NAMES = sorted(path.relative_to(paths.TEMPLATES).as_posix() for path in paths.TEMPLATES.rglob("*.html"))
# Fragments whose root is not called as they are, with the reason.
OTHER_ROOTS = {
    "attempts/_hand_in.html": "a script puts it into a dialog that has the id",
    "attempts/_leave.html": "a script puts it into a dialog that has the id",
    "attempts/_question.html": "its id has the number: many are on a page",
    "attempts/_questions.html": "a script puts the forms of questions beside those that are there, each with an id",
    "results/_own.html": "its id has the number: many are on a page",
    "bank/_answers.html": "its id is answer-fields: a question's answers are something else on the same page",
    "bank/_count.html": "swapped into the element with the id, which is a live region and has to stay",
}


@pytest.fixture(scope="module")
def tour(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Iterator[Tour]:
    """A site walked through once by everybody."""
    folder = tmp_path_factory.mktemp("tour")
    shutil.copy(migrated_file, folder / "mockhall.db")
    clock = Clock()
    site = Site(create_app(Settings(data_dir=folder, autoload=False), clock), clock)
    walked = Tour(site)
    walked.watch()
    walk(walked)
    yield walked
    site.app.state.database.close()


# ---------------------------------------------------------------- what the tour found


def test_every_template_was_rendered(tour: Tour) -> None:
    assert len(NAMES) > 50
    assert set(NAMES) - tour.loaded == set(), "no page shows it: delete it, or give the tour a way there"


def test_a_name_that_a_template_uses_is_given_to_it_wherever_it_is_rendered(tour: Tour) -> None:
    environment = tour.site.app.state.templates
    assert environment.undefined is StrictUndefined
    missing = {}
    for name in sorted(set(NAMES) & set(tour.given)):
        tree = environment.parse((paths.TEMPLATES / name).read_text("utf-8"))
        if lost := meta.find_undeclared_variables(tree) - own_names(tree) - tour.given[name]:
            missing[name] = lost
    assert len(tour.given) > 40
    assert missing == {}


def own_names(tree: nodes.Template) -> set[str]:
    """What a template sets or imports itself, which its blocks look up like what is given, and what has a default."""
    names = {node.name for node in tree.find_all(nodes.Macro)} | {node.target for node in tree.find_all(nodes.Import)}
    names |= {node.name for node in tree.find_all(nodes.Name) if node.ctx == "store"}
    filtered = [node.node for node in tree.find_all(nodes.Filter) if node.name == "default"]
    names |= {node.name for node in filtered if isinstance(node, nodes.Name)}
    imported = [name for node in tree.find_all(nodes.FromImport) for name in node.names]
    return names | {name if isinstance(name, str) else name[1] for name in imported}


def test_no_link_inside_the_site_is_dead(tour: Tour) -> None:
    assert tour.dead == {}
    for role, least in {"stranger": 10, "guest": 15, "Ravi": 15, "Tara": 25, "Sita": 15, "Ada": 25}.items():
        assert least <= len(tour.seen[role]) < MOST_PAGES, role


def test_every_form_is_sent_to_an_address_that_takes_it(tour: Tour) -> None:
    known = [(each.method, re.compile(re.sub(r"{\w+}", "[^/]+", each.path))) for each in addresses(tour.site.app)]
    assert len(tour.forms) > 10
    lost = [
        (m, path)
        for m, path in tour.forms
        if not any(m == method and pattern.fullmatch(path) for method, pattern in known)
    ]
    assert lost == []


def test_what_htmx_fills_is_on_the_page_that_asks(tour: Tour) -> None:
    assert tour.lost_targets == set()


# ---------------------------------------------------------------- fragments


def swapped() -> set[str]:
    """Fragments that a route renders by themselves, or that are a part of a reply to htmx."""
    source = "".join(path.read_text("utf-8") for path in Path(mockhall.__file__).parent.rglob("*.py"))
    replies = "".join(path.read_text("utf-8") for path in paths.TEMPLATES.rglob("*.htmx.html"))
    return set(re.findall(r'"(\w+/_\w+\.html)"', source)) | set(re.findall(r"include '(\w+/_\w+\.html)'", replies))


def test_a_fragment_that_is_swapped_has_a_root_with_its_name() -> None:
    assert len(swapped()) > 4
    for name in swapped() - set(OTHER_ROOTS):
        text = re.sub(
            r"{#.*?#}|{%-?\s*macro.*?endmacro.*?%}|{%.*?%}", "", (paths.TEMPLATES / name).read_text(), flags=re.DOTALL
        )
        first = re.search(r"<[a-z][^>]*>", text)
        wanted = name.rpartition("/_")[2].removesuffix(".html").replace("_", "-")
        assert first, name
        assert f'id="{wanted}"' in first[0], name


def test_a_reply_to_htmx_holds_includes_only() -> None:
    replies = list(paths.TEMPLATES.rglob("*.htmx.html"))
    assert replies
    for path in replies:
        left = re.sub(r"{%.*?%}|{#.*?#}|{{.*?}}|</?hx-partial[^>]*>", "", path.read_text("utf-8"), flags=re.DOTALL)
        assert left.strip() == "", path.name
