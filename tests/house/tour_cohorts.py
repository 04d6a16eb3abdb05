"""The walk's way through cohorts: a list with everything wrong, new accounts, a code that opens nothing, an archive."""

from fastapi.testclient import TestClient

from mockhall.accounts.models import Cohort
from tests.accounts.cohorts_of import confirm, dry_run, make_cohort
from tests.house.regraded import with_regrade, with_rulings
from tests.make import Site

LIST = "email,name,roll,class\nravi@example.edu,,7,9B\nila@example.edu,Ila <b>,1,9B\nila@example.edu,Ila,1,9B\nnobody"


def with_cohorts(site: Site, browsers: dict[str, TestClient]) -> Cohort:
    """Cohorts in use and put away, one with people who sat tests; the pages no link leads to."""
    staff = browsers["Ada"]
    for path in ("/desk/cohorts", "/desk/cohorts?show=archived", "/desk/gradebook"):
        staff.get(path)
    cohort, empty, old = (make_cohort(site, name=name) for name in ("Class 9B", "Class 9C", "Class of 2025"))
    staff.post("/desk/cohorts", data={"name": ""})
    staff.post(f"/desk/cohorts/{old.code}", data={"then": "archive"})
    staff.get(f"/desk/cohorts/{old.code}")
    staff.get(f"/desk/gradebook?cohort={empty.code}")
    for text in ("", "nobody"):
        dry_run(staff, cohort, text)
    page = dry_run(staff, cohort, LIST)
    assert "One-time" not in page.text
    assert "/reset/" in confirm(staff, cohort, page.text, unknown="create").text
    for name in ("stranger", "guest", "Sita"):
        assert browsers[name].get(f"/join/{cohort.join_code}").status_code == 200
    assert browsers["guest"].get("/join/nothing").status_code == 404
    browsers["Sita"].post(f"/join/{cohort.join_code}")
    browsers["Sita"].get(f"/join/{cohort.join_code}")
    for asked in ("", "&paper=nothing", "&score=average&paper=mock-1&paper=kinds"):
        staff.get(f"/desk/gradebook?cohort={cohort.code}{asked}")
    with_regrade(staff)
    with_rulings(staff)
    return cohort
