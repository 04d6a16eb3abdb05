"""What each address answers to who is let in, where it is no page, and what others left there: for test_access.py."""

from fastapi.testclient import TestClient
from sqlmodel import select

from mockhall.results.models import QuestionReport
from tests.house.back import BACK
from tests.make import Site

# What who is let in gets; a GET that is not here is a page, 200. An empty form is refused as such, and changes nothing.
OPENED = {
    "POST /sign-in": 401, "POST /sign-up": 422, "POST /sign-out": 303, "POST /reset/{token}": 422,
    "POST /papers/{slug}/attempts": 303, "POST /attempts/{code}/responses/{number}": 415,
    "GET /attempts/{code}/responses/{number}": 303, "GET /attempts/{code}/notes/{number}": 303,
    "POST /attempts/{code}/notes/{number}": 422, "GET /attempts/{code}/bookmarks/{number}": 303,
    "POST /attempts/{code}/bookmarks/{number}": 303, "GET /attempts/{code}/reports/{number}": 303,
    "POST /attempts/{code}/reports/{number}": 422, "POST /desk/corrections/{code}": 422,
    "POST /attempts/{code}/scratch": 415, "POST /attempts/{code}/language": 422, "GET /attempts/{code}/pause": 303,
    "POST /continue": 422, "POST /attempts/{code}/device-codes": 200,
    "POST /attempts/{code}/pause": 409, "POST /attempts/{code}/resume": 303,
    "GET /attempts/{code}/sections/{position}": 303, "POST /attempts/{code}/sections/{position}": 303,
    "POST /attempts/{code}/questions/{number}": 303,
    "POST /attempts/{code}/submission": 303, "GET /desk": 303, "POST /desk/questions": 422,
    "POST /desk/questions/bulk": 422, "POST /desk/questions/views": 422,
    "POST /desk/questions/views/{code}/delete": 404, "POST /desk/questions/changes/{code}/undo": 404,
    "POST /desk/papers/put": 422,
    "POST /desk/questions/preview": 200, "POST /desk/questions/{code}": 409,
    "POST /desk/questions/{code}/status": 422, "POST /desk/questions/{code}/restore": 409, "GET /desk/waiting": 303,
    "POST /desk/papers": 422,
    "POST /desk/images": 422, "POST /desk/questions/pictures": 422, "POST /desk/questions/{code}/pictures": 422,
    "POST /desk/questions/draft": 303, "POST /desk/questions/{code}/draft": 303,
    "POST /desk/papers/{slug}": 422, "POST /desk/papers/{slug}/questions": 409,
    "POST /desk/papers/{slug}/questions/{code}": 422, "POST /desk/papers/{slug}/newest": 303,
    "POST /desk/papers/{slug}/sections": 409, "POST /desk/papers/{slug}/sections/{position}": 409,
    "POST /desk/papers/{slug}/status": 422, "POST /desk/papers/{slug}/time": 422,
    "POST /desk/cohorts": 422, "POST /desk/cohorts/{code}": 422, "POST /desk/cohorts/{code}/add": 422,
    "POST /desk/cohorts/{code}/members": 422, "POST /desk/cohorts/{code}/members/{member}": 422,
    "POST /join/{code}": 303, "POST /account/cohorts/{code}": 303, "GET /desk/gradebook.csv": 404,
    "POST /desk/papers/{slug}/report/items": 303, "POST /desk/papers/{slug}/regrade": 422,
    "POST /desk/papers/{slug}/regrade/{code}": 303, "POST /desk/papers/{slug}/regrade/{code}/apply": 409,
    "POST /desk/questions/{code}/rulings": 422, "POST /desk/rulings/{code}": 303,
    "POST /desk/rulings/{code}/take-back": 422, "POST /desk/rulings/{code}/apply": 409,
    "POST /desk/rulings/{code}/drop": 409,
    "POST /desk/papers/{slug}/regrade/{code}/drop": 409, "POST /desk/attempts/{code}/void": 422,
    "POST /desk/attempts/{code}/restore": 409, "POST /desk/attempts/{code}/reopen": 422,
    "POST /desk/attempts/{code}/time": 422, "POST /desk/attempts/{code}/late": 409, "POST /desk/people/{code}": 422,
    "POST /desk/papers/{slug}/accommodations": 422, "POST /desk/papers/{slug}/accommodations/{code}": 404,
    "POST /desk/papers/{slug}/exports": 303, "POST /desk/papers/{slug}/preview/{number}": 303,
    "POST /desk/papers/{slug}/copy": 303, "POST /desk/papers/{slug}/archive": 422,
    "POST /desk/papers/{slug}/delete": 409, "POST /desk/papers/{slug}/order": 409, "POST /desk/papers/{slug}/undo": 422,
} | dict.fromkeys([*BACK["editor"], *BACK["staff"]], 303)  # fmt: skip
# As long as those that exist, so that the replies can be compared.
MISSING = {"attempt": "2" * 16, "question": "2" * 12, "slug": "mock-9", "token": "x" * 43, "number": 1, "position": 1,
           "receipt": "MH-2222-2222-2222", "person": "2" * 12, "watched": "2" * 16, "export": "3" * 20,
           "cohort": "2" * 12, "join": "2" * 8, "regrade": "2" * 12, "member": "2" * 12, "shared": "x" * 43,
           "ruling": "2" * 12,
           "correction": "2" * 12, "address": "b" * 32 + ".png"}  # fmt: skip
# Whose code an address takes; a question's where none of these begins it.
CODES = {"/desk/papers/{slug}/regrade": "regrade", "/attempts": "attempt", "/desk/attempts": "watched",
         "/desk/people": "person", "/desk/cohorts": "cohort", "/account/cohorts": "cohort", "/join": "join",
         "/desk/exports": "export", "/desk/corrections": "correction",
         "/desk/rulings": "ruling"}  # fmt: skip
PICTURE = "a" * 32 + ".png"
OPEN_TO_ALL = ("/topics", "/receipts", "/images", "/join")
# What browsers say of a request that another site made.
FOREIGN_SITES = [
    *({"Sec-Fetch-Site": each} for each in ("cross-site", "same-site", "none")),
    *({"Origin": each} for each in ("https://elsewhere.example", "null", "", "x://testserver", "http://testserver.x.example")),
]  # fmt: skip


def started(browser: TestClient) -> str:
    """The code of a new attempt in this browser."""
    reply = browser.post("/papers/mock-1/attempts", headers={"Accept": "application/json"})
    return str(reply.json()["code"])


def receipt_of_another(site: Site) -> str:
    """The receipt of an attempt that a guest has handed in."""
    browser = site.browser()
    at = f"/attempts/{started(browser)}"
    browser.post(f"{at}/submission")
    return str(browser.get(f"{at}/receipt", headers={"Accept": "application/json"}).json()["receipt"])


def reported_by_another(site: Site) -> str:
    """The code of an error that a guest has reported from a review."""
    browser = site.browser()
    at = f"/attempts/{started(browser)}"
    browser.post(f"{at}/submission")
    browser.post(f"{at}/reports/1", data={"kind": "typo", "text": "A slip."})
    with site.reading() as db:
        return str(db.exec(select(QuestionReport.code)).one())


def shared_by_another(site: Site) -> str:
    """The token of a result that a guest shares."""
    browser = site.browser()
    at = f"/attempts/{started(browser)}"
    browser.post(f"{at}/submission")
    return str(browser.post(f"{at}/share", headers={"Accept": "application/json"}).json()["url"]).rpartition("/")[2]
