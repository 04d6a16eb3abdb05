"""Before it may be seen, the key is in no reply: not in HTML, JSON, headers, option order or ids.

Two proofs. What is planted in key and solution is looked for in every reply of an attempt in progress. And a whole
attempt is played on papers that differ in nothing but the key: not one byte of any reply may differ."""

import itertools
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from mockhall.accounts.models import Role
from mockhall.attempts import lane_people, lane_routes, lane_start
from mockhall.settings import Settings
from mockhall.web import codes, richtext
from tests.kinds import cloze, match, order, true_false
from tests.make import Site, make_paper, make_person, multiple, numeric, single, text

PLANTED = {"424242.17", "xyzzyanswer", "SOLUTION-SECRET", "https://planted.example/reference"}
JSON = {"Accept": "application/json"}
FRAGMENT = {"HX-Request-Type": "partial", "HX-Request": "true"}


def paper_with(key: int) -> dict[str, list[dict[str, Any]]]:
    """Questions of each kind; `key` says which option is right."""
    planted: dict[str, Any] = {
        "reference": "https://planted.example/reference", "translations": {"hi": {"stem": "कौन [[1]] [[2]] [[3]]?"}},
        "solution_translations": {"hi": "SOLUTION-SECRET"},
        "option_solutions": {each: {f"o{n}": "SOLUTION-SECRET" for n in range(1, 5)} for each in ("en", "hi")},
    }  # fmt: skip
    return {
        "First": [single(key, **planted), multiple([key, (key + 1) % 4], **planted), numeric("424242.17", **planted)],
        "Second": [text(["xyzzyanswer"], **planted), single((key + 2) % 4, **planted)],
        # An order is never shown as it should become, so what is shown may depend on its key: its own test says how.
        "Third": [
            true_false("tf"[key % 2], **planted), order(**planted),
            match(**planted, key={"pairs": {f"l{n}": f"r{(n + key) % 4 + 1}" for n in (1, 2, 3)}}),
            cloze(**planted, key={"gaps": {"1": {"options": [f"c{key % 2 + 1}"]}, "2": {"answers": ["xyzzyanswer"],
                                  "case": False}, "3": {"value": "424242.17"}}}),
        ],
    }  # fmt: skip


def replies(site: Site, sections: dict[str, list[dict[str, Any]]], reveal: str = "mock") -> Iterator[tuple[str, bytes]]:
    """Every reply a candidate can get while the attempt runs, body and headers."""
    with site.writing() as db:
        make_paper(db, sections=sections, reveal=reveal, instructions="Read well.", languages=["en", "hi"])
    browser = site.browser()

    def get(path: str, **headers: str) -> tuple[str, bytes]:
        reply = browser.get(path, headers=headers)
        return f"GET {path} {headers}", reply.content + repr(sorted(reply.headers.items())).encode()

    def post(path: str, data: dict[str, Any], headers: dict[str, str]) -> tuple[str, bytes]:
        reply = browser.post(path, data=data, headers=headers)
        return f"POST {path} {data} {headers}", reply.content + repr(sorted(reply.headers.items())).encode()

    for path in ("/", "/papers/mock-1", "/topics/fastapi"):
        yield get(path)
        yield get(path, **JSON)
    yield post("/papers/mock-1/attempts", {"name": "Asha"}, JSON)
    code = browser.post("/papers/mock-1/attempts", headers=JSON).json()["code"]
    room = f"/attempts/{code}"
    kinds: list[dict[str, str]] = [{}, JSON, FRAGMENT]
    answers: list[dict[str, Any]] = [{"choice": "o1"}, {"text": "12"}, {"choice": ["o2", "o3"]}]
    for headers in kinds:
        for path in (room, *(f"{room}/questions/{n}" for n in range(1, 10)), f"{room}/submission", f"{room}/result",
                     f"{room}/review", f"{room}/paper", f"{room}/instructions", f"{room}/scratch", f"{room}/sections/1",
                     "/attempts",
                     "/papers/mock-1"):  # fmt: skip
            yield get(path, **headers)
        yield post(f"{room}/responses/7", {"choice": ["i1", "i2"]}, headers)
        for number, data in [*itertools.product(range(1, 6), answers), (8, {"pair.l1": "r1"}), (9, {"gap.1": "c1"})]:
            yield post(f"{room}/responses/{number}", data, headers)
            yield post(f"{room}/responses/{number}", data | {"then": "next", "base": "0"}, headers)
    yield post(f"{room}/language", {"language": "hi"}, JSON)
    for path in (room, f"{room}/paper"):
        yield get(path)
        yield get(path, **JSON)
    for path in ("/report", "/desk/papers/mock-1/report", f"{room}/questions/999", f"{room}/nothing"):
        yield get(path)


@pytest.mark.parametrize("reveal", ["mock", "contest", "practice"])
def test_nothing_planted_in_key_or_solution_is_in_any_reply(site: Site, reveal: str) -> None:
    seen = 0
    for where, reply in replies(site, paper_with(1), reveal):
        found = {secret for secret in PLANTED if secret.encode() in reply}
        assert not found, f"{where} holds {found}"
        seen += 1
    assert seen > 100  # a scan that saw nothing would be green too


def test_the_scan_goes_red_when_a_key_is_planted(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = richtext.render
    monkeypatch.setitem(site.app.state.templates.globals, "rich", lambda stem: whole(stem) + "<!-- SOLUTION-SECRET -->")
    assert any(b"SOLUTION-SECRET" in reply for _, reply in replies(site, paper_with(1)))


@pytest.fixture
def counted_codes(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Codes and tokens that are the same in each run."""

    def restart() -> None:
        counter = itertools.count(1)
        for module in (lane_routes, lane_start, lane_people, codes):
            monkeypatch.setattr(module, "new_code", lambda length=12: f"code{next(counter):0{length}}"[-length:])

    return restart


def test_no_byte_of_any_reply_depends_on_the_key(
    tmp_path_factory: pytest.TempPathFactory,
    migrated_file: Any,
    make_site: Callable[[Settings], Site],
    counted_codes: Callable[[], None],
) -> None:
    runs = []
    for key in range(4):
        counted_codes()
        folder = tmp_path_factory.mktemp("run")
        (folder / "mockhall.db").write_bytes(migrated_file.read_bytes())
        runs.append(list(replies(make_site(Settings(data_dir=folder, autoload=False)), paper_with(key))))
    for first, *others in zip(*runs, strict=True):
        for other in others:
            assert without_tokens(other) == without_tokens(first)


def without_tokens(reply: tuple[str, bytes]) -> tuple[str, bytes]:
    """A reply without the random cookie of a new browser."""
    where, body = reply
    return where, b"\n".join(line for line in body.split(b"\n") if b"set-cookie" not in line)


def test_staff_who_may_edit_see_keys_only_at_the_desk(site: Site) -> None:
    with site.writing() as db:
        make_paper(db, sections=paper_with(0))
        ravi = make_person(db, "Ravi", Role.STUDENT)
    reply = site.signed_in(ravi).get("/desk/questions")
    assert reply.status_code == 404
