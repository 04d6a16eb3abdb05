"""The timeline of an attempt, as staff read it."""

import re

from tests.make import Site
from tests.results.sitting import JSON, begin, browse, chose, example_paper, hand_in, person
from tests.results.test_void import staff, text


def test_the_timeline_says_each_answer_in_its_order_by_the_letters_seen(site: Site) -> None:
    made, asha = example_paper(site), person(site, "Asha")
    with site.writing() as db:
        attempt = begin(db, site, made, asha)
    browser = browse(site, asha)
    for seq, choice in enumerate((["o2"], ["o1"], []), start=1):
        site.clock.forward(seconds=20)
        browser.post(f"/attempts/{attempt.code}/responses/1", data={"choice": choice, "seq": seq}, headers=JSON)
    site.clock.forward(seconds=20)
    browser.post(f"/attempts/{attempt.code}/responses/4", data={"text": "<b>x</b>", "seq": 1}, headers=JSON)
    with site.writing() as db:
        hand_in(db, site, db.merge(attempt))
    page = staff(site).get(f"/desk/attempts/{attempt.code}").text
    assert "<b>x</b>" not in page
    rows = re.findall(r"<tr><th scope=\"row\" class=\"regular nowrap\">.*?</tr>", page, re.DOTALL)
    joined = " | ".join(text(row) for row in rows)
    for words in (
        "Started",
        "1 Answer kept: B",
        "1 Answer kept: A",
        "1 Answer cleared",
        "4 Answer kept: &lt;b&gt;x",
    ):
        assert words in joined
    assert joined.index("kept: B") < joined.index("kept: A") < joined.index("cleared") < joined.index("Handed in")


def test_time_given_stands_in_the_timeline(site: Site) -> None:
    made, asha = example_paper(site), person(site, "Asha")
    with site.writing() as db:
        attempt = begin(db, site, made, asha, {1: chose("o1")})
    zoe = staff(site)
    zoe.post(f"/desk/attempts/{attempt.code}/time", data={"minutes": "5", "reason": "Power cut"})
    assert "Time given: 5 minutes, power cut by Zoe" in text(zoe.get(f"/desk/attempts/{attempt.code}").text)
