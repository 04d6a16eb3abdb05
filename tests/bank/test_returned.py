"""What a reviewer sent back is told to its author, with the remark, until it is sent to review again."""

from fastapi.testclient import TestClient

from tests.bank.desk_of import HTMX, JSON, create, edit, step, tara, usha, verify
from tests.make import Site, queries

LIST = "/desk/questions/returned"


def sent_back(author: TestClient, reviewer: TestClient, remark: str = "B is <right> too.") -> str:
    """A question of the author's that the reviewer sent back."""
    code = create(author)
    step(author, code, "review")
    assert step(reviewer, code, "send_back", remark=remark).status_code == 303
    return code


def came_back(browser: TestClient) -> list[str]:
    """The codes on the list, and that the line on the bank says the same number."""
    codes = [each["code"] for each in browser.get(LIST, headers=JSON).json()["returned"]]
    line = browser.get("/desk/waiting", headers=HTMX).text
    assert (f"<b>{len(codes)} of yours came back</b>" in line) == bool(codes)
    return codes


def test_an_author_is_told_what_came_back_until_it_is_sent_to_review_again(site: Site) -> None:
    author, reviewer = tara(site), usha(site)
    codes = [sent_back(author, reviewer), sent_back(author, reviewer)]
    assert came_back(author) == codes[::-1]
    page = author.get(LIST).text
    assert "B is &lt;right&gt; too." in page
    assert "<b><bdi>Usha</bdi></b>" in page
    assert f'href="{LIST}"' in author.get("/desk/questions").text, "without scripts there is a link all the same"
    edit(author, codes[0], stem="Mended?")
    assert len(came_back(author)) == 2
    step(author, codes[0], "review")
    assert came_back(author) == [codes[1]]
    step(author, codes[1], "retire")
    assert came_back(author) == []
    assert "Nothing came back" in author.get(LIST).text


def test_only_whose_question_or_version_it_is_hears_of_it(site: Site) -> None:
    author, other = tara(site), usha(site)
    code = create(author)
    step(author, code, "review")
    edit(other, code, stem="Changed by somebody else?")
    step(author, code, "send_back", remark="Worse than before.")
    assert came_back(author) == [], "who sent it back knows"
    assert came_back(other) == [code], "who wrote the version that was looked at is told"


def test_a_remark_from_before_it_was_verified_is_no_longer_open(site: Site) -> None:
    author, reviewer = tara(site), usha(site)
    code = sent_back(author, reviewer)
    site.clock.forward(minutes=1)
    verify(reviewer, code)
    step(author, code, "draft")
    assert came_back(author) == []


def test_the_list_takes_no_query_more_when_it_is_longer(sqlite_site: Site) -> None:
    author, reviewer = tara(sqlite_site), usha(sqlite_site)
    spent = []
    for remark in ("One.", "Two.", "Three."):
        sent_back(author, reviewer, remark)
        with queries(sqlite_site) as made:
            author.get(LIST)
        spent.append(len(made))
    assert len(set(spent)) == 1
