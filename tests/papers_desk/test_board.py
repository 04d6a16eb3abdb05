"""The board of a test: what the keyboard needs of it."""

import re

from tests.bank.desk_of import HTMX, tara
from tests.make import Site, make_paper


def test_every_button_of_the_board_has_an_id_to_find_the_focus_again(sqlite_site: Site) -> None:
    """htmx gives the focus back by id after the board was replaced; without one the keyboard starts at the top."""
    with sqlite_site.writing() as db:
        make_paper(db)
    page = tara(sqlite_site).get("/desk/papers/mock-1", headers=HTMX).text.partition('id="rules-form"')[0]
    buttons = re.findall(r"<button [^>]*>", page)
    assert len(buttons) > 9
    assert [each for each in buttons if ' id="' not in each] == []
