"""Notes and reports in words, for pages."""

from mockhall.results.notes import Reason
from mockhall.results.reported import Kind

REASONS = {
    Reason.CONCEPT: "Didn’t know it", Reason.CALCULATION: "Slip in working it out", Reason.MISREAD: "Misread it",
    Reason.TIME: "Out of time", Reason.GUESS: "Guessed",
}  # fmt: skip
KINDS = {
    Kind.KEY: "The answer called right is wrong", Kind.WORDING: "The question is unclear",
    Kind.TYPO: "A slip of spelling or layout", Kind.OTHER: "Something else",
}  # fmt: skip
NOTE_WORDS = {"reasons": REASONS, "kinds": KINDS}
"""What every template with notes needs."""
