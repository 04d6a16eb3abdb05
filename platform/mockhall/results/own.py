"""What is a candidate's own beside a question of the review: note, bookmark, and an error they reported."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import Session

from mockhall.results.models import QuestionReport, ReportStatus, ReviewNote
from mockhall.results.notes import notes
from mockhall.results.reported import own_reports


@dataclass(frozen=True)
class Own:
    """Of one question; empty and None where there is nothing."""

    number: int
    bookmarked: bool = False
    reason: str = ""
    text: str = ""
    report: QuestionReport | None = None

    @property
    def may_report(self) -> bool:
        """While a report is open another one would only say the same."""
        return self.report is None or self.report.status != ReportStatus.OPEN


def owns(db: Session, attempt_id: int, numbers: Collection[int]) -> dict[int, Own]:
    """Of each of these questions, in two queries."""
    if not numbers:
        return {}
    kept, reports = notes(db, attempt_id, numbers), own_reports(db, attempt_id, numbers)
    return {number: _own(number, kept.get(number), reports.get(number)) for number in numbers}


def _own(number: int, note: ReviewNote | None, report: QuestionReport | None) -> Own:
    if note is None:
        return Own(number, report=report)
    return Own(number, note.bookmarked, note.reason, note.text, report)
