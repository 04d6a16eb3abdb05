"""What an undo of many questions leaves alone."""

from tests.bank.desk_of import step, tara, usha
from tests.bank.test_bulk import changed, status_of, three, undo
from tests.make import Site


def test_an_undo_takes_no_reviewers_word_back(site: Site) -> None:
    (code, *_), browser = three(site), tara(site)
    changed(browser, "in_review", [code])
    site.clock.forward(minutes=1)
    step(usha(site), code, "send_back", remark="The key is wrong.")
    assert undo(browser) == "Nothing was taken back. 1 was changed since, so it stays."
    changed(browser, "in_review", [code])
    changed(browser, "draft", [code])
    site.clock.forward(minutes=1)
    step(browser, code, "review")
    step(browser, code, "draft")
    assert undo(browser) == "Nothing was taken back. 1 was changed since, so it stays."
    assert status_of(site, code) == ["draft"]
