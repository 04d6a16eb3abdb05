"""Files of a feature beside the usual ones, each with its reason."""

# A feature may have more files where the usual seven would mix two things; each is here with its reason.
REASONS = {
    "accounts": {
        "audit": "the log is written by every feature and chained in one place",
        "credentials": "passwords are checked before the one writer is held",
        "limits": "counts of tries, which attempts needs too",
        "passwords": "hashing, two at a time, without a session",
        "sessions": "tokens and cookies, apart from the people they open",
    },
    "bank": {
        "checking": "from a filled form to a version, without the database",
        "draft": "a half-written question: the buttons of its form change it without the database",
        "keys": "typed keys, read and said back",
        "pages": "one form is shown by six routes",
        "pool": "what draws may take, without texts and keys",
    },
    "papers": {
        "catalogue": "reads over many papers; queries has those of one",
        "desk": "the editor's verbs; loading has the files'",
        "desk_forms": "the editor's forms",
        "desk_routes": "the editor's addresses; routes has the public ones",
        "desk_sections": "verbs on sections, apart from those on questions",
        "desk_views": "what the editor's pages show",
        "drawing": "which questions of the bank an attempt draws",
        "front": "what the front page says to one viewer, without the database",
        "loading": "from content files to rows",
        "versions": "making an immutable version, which the desk and loading share",
        "words": "rules as sentences, without the database",
    },
    "attempts": {
        "receipt_access": "a number looked up by anybody, misses counted; access has the owner's rows",
        "receipt_routes": "addresses of receipts, which anybody may check",
        "receipts": "made once at the close, and found by their number",
        "closing": "how attempts end, which pages, the sweep and extra time share",
        "tool_forms": "what the room's tools send; forms has the answers",
        "tool_routes": "addresses of the room's tools, apart from those an exam hangs on",
        "tools": "verbs of the room's tools: scratchpad, pause, language",
        "lane": "the write lane: saves by hand-written SQL, many in one transaction",
    },
    "results": {
        "export": "a report as a file",
        "judged": "answers judged in words, without the database",
        "reveals": "what may be seen at an instant, without the database",
        "review": "the rows of a review",
        "sheet": "the rows of a score breakdown",
        "standing": "rank and percentile, counted by the database",
        "verdict": "the sentences on top of a result, without the database",
    },
    "study": {},
}
