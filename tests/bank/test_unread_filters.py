"""All that were found are changed only where what was looked for could be read."""

import pytest

from tests.bank.desk_of import tara
from tests.bank.test_bulk import BULK, changed, status_of, three
from tests.make import Site

UNREAD = (
    {"status": "verfied"}, {"q": "\0"}, {"q": "A\0"}, {"q": "x" * 121}, {"kind": "no-such"}, {"verified": "ever"},
    {"status": ["draft", "retired"]}, {"topic": "no-such"}, {"author": "nobody"},
)  # fmt: skip


def test_a_filter_that_cannot_be_read_does_not_mean_everything(site: Site) -> None:
    codes, browser = three(site), tara(site)
    for sent in UNREAD:
        refused = changed(browser, "retired", [], all="1", **sent)
        assert (refused["reason"], refused["field"]) == ("refused", "ticked"), sent
        assert f"The filter “{next(iter(sent))}” can't be read" in refused["text"]
    reply = browser.post(BULK, data={"all": "1", "then": "delete", "status": "verfied"})
    assert (reply.status_code, "can&#39;t be read" in reply.text) == (422, True)
    assert browser.post("/desk/papers/put", data={"all": "1", "status": "verfied"}).status_code == 422
    assert status_of(site, *codes) == ["draft"] * 3


@pytest.mark.parametrize(
    "sent", [{"q": "  alpha   secret "}, {"q": ""}, {"status": "draft"}, {"topic": "python-loops", "tag": ""}]
)
def test_one_that_can_be_is_taken_as_the_list_does(sqlite_site: Site, sent: dict[str, str]) -> None:
    three(sqlite_site)
    assert changed(tara(sqlite_site), "retired", [], all="1", **sent)["changed"] == 3
