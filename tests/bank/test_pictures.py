"""Pictures added at the desk: by a script alone, with the form, and what becomes of those nothing shows."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from PIL import Image as Drawing
from sqlmodel import select

from mockhall import startup
from mockhall.bank.models import Image
from tests.bank.desk_of import KINDS, counts, create, errors_in, fields_in, filled, form_of, ravi, stored, tara
from tests.make import Site

JSON = {"Accept": "application/json"}
GONE = f"/images/{'0' * 32}.png"


def drawing(colour: str = "red", size: tuple[int, int] = (12, 8)) -> bytes:
    out = BytesIO()
    Drawing.new("RGB", size, colour).save(out, "PNG")
    return out.getvalue()


def sent(data: bytes, name: str = "curve.png", type_: str = "image/png") -> dict[str, Any]:
    return {"picture": (name, data, type_)}


def added(browser: Any, colour: str = "red") -> str:
    """A picture uploaded by itself; returns its address."""
    return str(browser.post("/desk/images", files=sent(drawing(colour)), headers=JSON).json()["address"])


def kept(site: Site) -> list[str]:
    with site.reading() as db:
        return sorted(f"/images/{address}" for address in db.exec(select(Image.address)))


def swept(site: Site) -> list[str]:
    """The pictures that are there after the sweep."""
    startup.tend_bank(site.app.state.database, site.clock.at)
    return kept(site)


# ---------------------------------------------------------------- by a script


def test_a_picture_is_kept_and_served_to_everybody_as_what_it_is(site: Site) -> None:
    reply = tara(site).post("/desk/images", files=sent(drawing()), headers=JSON).json()
    assert reply["markdown"] == f"![]({reply['address']})"
    assert reply["first_frame"] is False
    shown = site.browser().get(reply["address"])
    assert shown.headers["content-type"] == "image/png"
    assert shown.headers["x-content-type-options"] == "nosniff"
    assert "immutable" in shown.headers["cache-control"]
    assert Drawing.open(BytesIO(shown.content)).size == (12, 8)


def test_the_same_picture_twice_is_one(sqlite_site: Site) -> None:
    browser = tara(sqlite_site)
    assert added(browser) == added(browser)
    assert len(kept(sqlite_site)) == 1


BAD = {
    "20 MB": (b"\x89PNG\r\n\x1a\n" + b"0" * 20_000_000, 413, "too_large"),
    "no picture": (b"MZ not a picture", 415, "not_a_picture"),
    "SVG with script": (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", 415, "svg"),
    "half a picture": (drawing(size=(300, 300))[:90], 422, "broken_picture"),
    "an empty file": (b"", 422, "no_picture"),
}


@pytest.mark.parametrize(("data", "status", "reason"), BAD.values(), ids=BAD.keys())
def test_what_is_no_picture_is_refused_with_a_sentence(
    sqlite_site: Site, data: bytes, status: int, reason: str
) -> None:
    reply = tara(sqlite_site).post("/desk/images", files=sent(data), headers=JSON)
    assert (reply.status_code, reply.json()["reason"]) == (status, reason)
    assert reply.json()["text"].endswith(".")
    assert kept(sqlite_site) == []


def test_more_than_a_picture_can_be_is_not_read_at_all(sqlite_site: Site) -> None:
    browser = tara(sqlite_site)

    def endless() -> Iterator[bytes]:
        for _ in range(40):
            yield b"0" * 1_000_000

    reply = browser.post(
        "/desk/images", content=endless(), headers=JSON | {"Content-Type": "multipart/form-data; boundary=x"}
    )
    assert reply.status_code == 413
    declared = browser.post("/desk/images", content=b"", headers=JSON | {"Content-Length": "33000001"})
    assert (declared.status_code, declared.json()["reason"]) == (413, "too_large")


def test_a_stranger_is_refused_before_the_picture_is_read(sqlite_site: Site) -> None:
    for browser, status in ((sqlite_site.browser(), 401), (ravi(sqlite_site), 404)):
        for address in ("/desk/images", "/desk/questions/pictures"):
            assert browser.post(address, files=sent(drawing())).status_code == status
    assert kept(sqlite_site) == []


# ---------------------------------------------------------------- with the form


def test_without_scripts_the_form_comes_back_with_the_picture_and_all_that_was_typed(site: Site) -> None:
    browser = tara(site)
    data = filled(picture_for="option-new2", tags="one, two")
    reply = browser.post("/desk/questions/pictures", data=data, files=sent(drawing()))
    assert reply.status_code == 200
    form = fields_in(reply.text)
    assert form["option_text"] == ["1", f"0 ![]({kept(site)[0]})", "None"]
    assert (form["stem"], form["tags"]) == (["What does `len([])` return?"], ["one, two"])
    assert "Write between [ and ]" in reply.text
    assert counts(site) == (0, 0)


def test_an_edit_gets_its_picture_at_the_end_of_the_question(sqlite_site: Site) -> None:
    browser = tara(sqlite_site)
    code = create(browser)
    data = form_of(browser, code) | {"picture_for": "stem"}
    page = browser.post(f"/desk/questions/{code}/pictures", data=data, files=sent(drawing())).text
    form = fields_in(page)
    assert form["stem"][0].endswith(f"return?\n\n![]({kept(sqlite_site)[0]})")
    assert form["version"] == ["1"]
    assert f'action="/desk/questions/{code}"' in page


@pytest.mark.parametrize(("kind", "place", "name"), [
    ("match", "right-new1", "pair_right"), ("order", "step-new2", "step_text"), ("order", "option-gone", "stem"),
    ("text", "solution", "solution"),
])  # fmt: skip
def test_a_picture_goes_where_it_was_meant_to(sqlite_site: Site, kind: str, place: str, name: str) -> None:
    data = filled(**KINDS[kind]) | {"picture_for": place}
    page = tara(sqlite_site).post("/desk/questions/pictures", data=data, files=sent(drawing())).text
    assert "![](/images/" in "".join(fields_in(page)[name])


@pytest.mark.parametrize(("data", "status", "reason"), BAD.values(), ids=BAD.keys())
def test_a_file_that_is_refused_costs_nothing_that_was_typed(
    sqlite_site: Site, data: bytes, status: int, reason: str
) -> None:
    reply = tara(sqlite_site).post("/desk/questions/pictures", data=filled(tags="kept"), files=sent(data))
    assert reply.status_code == status
    assert set(errors_in(reply.text)) == {"picture"}
    assert fields_in(reply.text)["tags"] == ["kept"]
    assert kept(sqlite_site) == []


def test_without_a_file_the_button_asks_for_one(sqlite_site: Site) -> None:
    reply = tara(sqlite_site).post("/desk/questions/pictures", data=filled())
    assert reply.status_code == 422
    assert errors_in(reply.text) == {"picture": "Choose a picture first."}


# ---------------------------------------------------------------- words for who can't see it


@pytest.mark.parametrize(("field", "control"), [
    ("stem", "stem"), ("solution", "solution"), ("option_text", "option-new1"), ("hi_stem", "hi_stem"),
])  # fmt: skip
def test_a_picture_without_words_is_refused_beside_its_field(sqlite_site: Site, field: str, control: str) -> None:
    browser = tara(sqlite_site)
    picture = f"![ ]({added(browser)})"
    changes = {"option_text": [picture, "0", "None"]} if field == "option_text" else {field: picture}
    reply = browser.post("/desk/questions", data=filled(**changes))
    assert reply.status_code == 422
    assert "The picture has no words" in errors_in(reply.text)[control]


def test_a_picture_that_is_not_there_is_said_so(sqlite_site: Site) -> None:
    reply = tara(sqlite_site).post("/desk/questions", data=filled(stem=f"Look: ![a curve]({GONE})"))
    assert "is not here" in errors_in(reply.text)["stem"]


def test_a_picture_with_words_is_shown_to_candidates(sqlite_site: Site) -> None:
    browser = tara(sqlite_site)
    address = added(browser)
    code = create(browser, stem=f"What is it?\n\n![A falling curve]({address})")
    page = browser.get(f"/desk/questions/{code}").text
    assert re.search(rf'<img [^>]*src="{address}"[^>]*alt="A falling curve"', page) or 'alt="A falling curve"' in page
    assert stored(sqlite_site, code)[1][0].stem.endswith(f"({address})")


# ---------------------------------------------------------------- what nothing shows


def test_a_picture_nothing_shows_is_forgotten_after_a_day(site: Site) -> None:
    browser = tara(site)
    address = added(browser)
    site.clock.forward(hours=23)
    assert swept(site) == [address]
    site.clock.forward(hours=2)
    assert swept(site) == []


def test_a_picture_that_a_version_shows_or_a_draft_mentions_stays(site: Site) -> None:
    browser = tara(site)
    shown, typed = added(browser, "red"), added(browser, "blue")
    code = create(browser, option_text=[f"![red]({shown})", "0", "None"])
    browser.post(f"/desk/questions/{code}", data=form_of(browser, code) | {"option_text": ["1", "0", "None"]})
    browser.post("/desk/questions/draft", data=filled(solution=f"![]({typed})", page="abcdefgh"), headers=JSON)
    site.clock.forward(days=2)
    assert swept(site) == sorted([shown, typed])
    browser.post("/desk/questions/draft", data={"then": "discard"})
    assert swept(site) == [shown]


def test_a_picture_uploaded_again_has_another_day(sqlite_site: Site) -> None:
    browser = tara(sqlite_site)
    address = added(browser)
    sqlite_site.clock.forward(hours=23)
    added(browser)
    sqlite_site.clock.forward(hours=23)
    assert swept(sqlite_site) == [address]


@pytest.mark.parametrize(("stem", "status"), [("![" * 100_000, 422), ("![a](" * 3_900, 303)])
def test_pictures_that_are_begun_and_never_ended_stop_nobody(sqlite_site: Site, stem: str, status: int) -> None:
    """They took minutes, in which nobody's answer was saved."""
    assert tara(sqlite_site).post("/desk/questions", data=filled(stem=stem)).status_code == status
