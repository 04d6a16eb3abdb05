"""Addresses of the desk's forms: a refused page stands there; opened again, they lead to the page itself."""

BACK = {
    "editor": [
        "GET /desk/papers/{slug}/questions", "GET /desk/papers/{slug}/questions/{code}",
        "GET /desk/papers/{slug}/newest", "GET /desk/papers/{slug}/sections",
        "GET /desk/papers/{slug}/sections/{position}", "GET /desk/papers/{slug}/status",
        "GET /desk/papers/{slug}/copy", "GET /desk/papers/{slug}/archive", "GET /desk/papers/{slug}/delete",
        "GET /desk/papers/{slug}/order", "GET /desk/papers/{slug}/undo", "GET /desk/papers/put",
        "GET /desk/questions/bulk", "GET /desk/questions/views",
        "GET /desk/questions/preview", "GET /desk/questions/draft", "GET /desk/questions/pictures",
        "GET /desk/questions/{code}/status", "GET /desk/questions/{code}/draft",
        "GET /desk/questions/{code}/pictures", "GET /desk/questions/{code}/restore",
        "GET /desk/rulings/{code}/apply", "GET /desk/rulings/{code}/drop",
        "GET /desk/rulings/{code}/take-back",
    ],
    "staff": [
        "GET /desk/papers/{slug}/regrade/{code}/apply", "GET /desk/papers/{slug}/regrade/{code}/drop",
        "GET /desk/attempts/{code}/late", "GET /desk/attempts/{code}/void", "GET /desk/attempts/{code}/restore",
        "GET /desk/attempts/{code}/reopen", "GET /desk/attempts/{code}/time", "GET /desk/papers/{slug}/time",
        "GET /desk/cohorts/{code}/members", "GET /desk/papers/{slug}/accommodations/{code}",
    ],
}  # fmt: skip
"""By who is let in; all answer 303."""
