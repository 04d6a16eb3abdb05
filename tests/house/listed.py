"""Every address of the app, and whom it is for."""

from tests.house.back import BACK

# public: anybody. owner: whose attempt it is. student: any account. editor, staff: who may edit, who may read reports
# (an admin may both). desk: editors and staff. A refusal: 401 to nobody, 404 to the wrong one.
FILES = ("report.csv", "report.json", "report.xlsx", "report.pdf", "responses.csv", "responses.json", "items.csv",
         "items.json")  # fmt: skip
LISTED = {
    "public": [
        "GET /", "GET /papers", "GET /papers/{slug}", "GET /topics/{slug}", "POST /papers/{slug}/attempts",
        "GET /accessibility", "GET /privacy", "GET /report", "GET /healthz", "GET /readyz", "* /static",
        "GET /room-worker.js", "GET /continue", "POST /continue",
        "GET /sign-in", "POST /sign-in", "GET /sign-up", "POST /sign-up", "POST /sign-out",
        "GET /reset", "GET /reset/{token}", "POST /reset/{token}",
        "GET /attempts",  # the viewer's own; empty to who has none
        "GET /images/{address}",  # whoever has seen a question knows its picture's address; nobody can guess it
        "GET /join/{code}",  # who has a join code may see what it opens
        "GET /receipts", "GET /receipts/{receipt}",  # checked by anybody who has the number; no name, no answers
        "GET /shared/{token}",  # whoever was given the link: no code, no answers
    ],
    "owner": [
        "POST /attempts/{code}/device-codes",
        "GET /attempts/{code}", "GET /attempts/{code}/questions/{number}", "POST /attempts/{code}/responses/{number}",
        "GET /attempts/{code}/submission", "POST /attempts/{code}/submission", "GET /attempts/{code}/result",
        "GET /attempts/{code}/review", "GET /attempts/{code}/receipt", "GET /attempts/{code}/paper",
        "GET /attempts/{code}/instructions", "GET /attempts/{code}/responses/{number}",
        "GET /attempts/{code}/notes/{number}", "POST /attempts/{code}/notes/{number}",
        "GET /attempts/{code}/bookmarks/{number}", "POST /attempts/{code}/bookmarks/{number}",
        "GET /attempts/{code}/reports/{number}", "POST /attempts/{code}/reports/{number}",
        "GET /attempts/{code}/scratch", "POST /attempts/{code}/scratch", "POST /attempts/{code}/language",
        "GET /attempts/{code}/clock",
        "GET /attempts/{code}/sections/{position}", "POST /attempts/{code}/sections/{position}",
        "POST /attempts/{code}/questions/{number}",
        "GET /attempts/{code}/what-if", "GET /attempts/{code}/result.csv",
        "GET /attempts/{code}/result.pdf", "GET /attempts/{code}/share",
        "POST /attempts/{code}/share",
        "GET /attempts/{code}/pause", "POST /attempts/{code}/pause", "POST /attempts/{code}/resume",
    ],
    "student": ["GET /account", "POST /join/{code}", "POST /account/cohorts/{code}"],
    "desk": [
        "GET /desk/corrections", "GET /desk/corrections/{code}", "POST /desk/corrections/{code}",
        "GET /desk", "GET /desk/papers", "GET /desk/papers/{slug}/project", "GET /desk/papers/{slug}/project.svg",
    ],
    "editor": [
        "GET /desk/questions", "POST /desk/questions", "GET /desk/questions/new", "POST /desk/questions/preview",
        "POST /desk/images", "POST /desk/questions/pictures", "POST /desk/questions/{code}/pictures",
        "GET /desk/questions/drafts", "POST /desk/questions/views", "POST /desk/questions/views/{code}/delete",
        "POST /desk/questions/draft", "POST /desk/questions/{code}/draft",
        "GET /desk/questions/{code}", "POST /desk/questions/{code}", "POST /desk/papers",
        "POST /desk/questions/{code}/status", "POST /desk/questions/{code}/restore",
        "GET /desk/questions/{code}/versions", "GET /desk/questions/{code}/versions/compare",
        "GET /desk/questions/{code}/figures", "GET /desk/waiting", "GET /desk/questions/returned",
        "GET /desk/papers/new",
        "POST /desk/questions/bulk", "POST /desk/questions/changes/{code}/undo", "POST /desk/papers/put",
        "GET /desk/papers/uses/{code}", "GET /desk/papers/{slug}", "POST /desk/papers/{slug}",
        "POST /desk/papers/{slug}/questions", "POST /desk/papers/{slug}/questions/{code}",
        "POST /desk/papers/{slug}/newest", "POST /desk/papers/{slug}/sections",
        "POST /desk/papers/{slug}/sections/{position}", "POST /desk/papers/{slug}/status",
        "GET /desk/questions/{code}/rulings", "POST /desk/questions/{code}/rulings", "GET /desk/rulings/{code}",
        "POST /desk/rulings/{code}", "POST /desk/rulings/{code}/apply", "POST /desk/rulings/{code}/drop",
        "POST /desk/rulings/{code}/take-back",
        "POST /desk/papers/{slug}/copy", "POST /desk/papers/{slug}/archive", "POST /desk/papers/{slug}/delete",
        "POST /desk/papers/{slug}/order", "POST /desk/papers/{slug}/undo", "GET /desk/papers/{slug}/preview",
        "POST /desk/papers/{slug}/preview/{number}", *BACK["editor"],
    ],
    "staff": [
        "GET /desk/papers/{slug}/accommodations", "POST /desk/papers/{slug}/accommodations",
        "POST /desk/papers/{slug}/accommodations/{code}",
        "GET /desk/papers/{slug}/report", "GET /desk/papers/{slug}/room",
        *(f"GET /desk/papers/{{slug}}/{name}" for name in FILES), "POST /desk/papers/{slug}/exports",
        "GET /desk/exports/{code}", "GET /desk/exports/{code}/file",
        "GET /desk/papers/{slug}/report/items", "POST /desk/papers/{slug}/report/items",
        "GET /desk/papers/{slug}/report/items/{number}", "POST /desk/papers/{slug}/time",
        "GET /desk/attempts/{code}", "POST /desk/attempts/{code}/time",
        "GET /desk/papers/{slug}/regrade", "POST /desk/papers/{slug}/regrade",
        "GET /desk/papers/{slug}/regrade/{code}", "POST /desk/papers/{slug}/regrade/{code}",
        "POST /desk/papers/{slug}/regrade/{code}/apply", "POST /desk/papers/{slug}/regrade/{code}/drop",
        "POST /desk/attempts/{code}/void", "POST /desk/attempts/{code}/restore", "POST /desk/attempts/{code}/reopen",
        "POST /desk/attempts/{code}/late", "GET /desk/people", "GET /desk/people/{code}", "POST /desk/people/{code}",
        "GET /desk/cohorts", "POST /desk/cohorts", "GET /desk/cohorts/new", "GET /desk/cohorts/{code}",
        "POST /desk/cohorts/{code}", "GET /desk/cohorts/{code}/add", "POST /desk/cohorts/{code}/add",
        "POST /desk/cohorts/{code}/members", "POST /desk/cohorts/{code}/members/{member}",
        "GET /desk/gradebook", "GET /desk/gradebook.csv", *BACK["staff"],
    ],
}  # fmt: skip
