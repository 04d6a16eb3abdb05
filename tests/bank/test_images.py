"""Pictures of questions: stored once, served for ever, nothing else behind their addresses."""

from pathlib import Path

from sqlmodel import select

from mockhall import paths, startup
from mockhall.bank.models import Image
from tests.make import Site


def test_the_picture_of_a_loaded_question_is_served_and_never_changes(site: Site) -> None:
    database = site.app.state.database
    for _ in range(2):
        startup.load(database, Path(paths.CONTENT) / "papers" / "question-types", site.clock.at)
    with site.reading() as db:
        (image,) = db.exec(select(Image)).all()
    reply = site.browser().get(f"/images/{image.address}")
    assert reply.status_code == 200
    assert reply.headers["content-type"] == "image/png"
    assert reply.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.content == (Path(paths.CONTENT) / "papers/question-types/images/falling-curve.png").read_bytes()


def test_there_is_nothing_behind_another_address(site: Site) -> None:
    for address in ("none.png", "..%2F..%2Fetc%2Fpasswd", "a" * 5000, "%00.png"):
        assert site.browser().get(f"/images/{address}").status_code in {404, 422}
