"""Values of a shared result for its page and for JSON: no code, no question, nothing that may not be seen now."""

from datetime import datetime
from typing import Any

from mockhall.exam.marking import format_marks
from mockhall.exam.ranking import format_percentile
from mockhall.exam.reveal import Item
from mockhall.papers.models import PaperStatus
from mockhall.results.groups import Group
from mockhall.results.share_access import Shared
from mockhall.results.views import ring
from mockhall.web.errors import iso


def shared_context(found: Shared, now: datetime) -> dict[str, Any]:
    """What templates/results/shared.html needs."""
    sheet, place = found.sheet, found.sheet.standing
    known = place is not None and place.percentile is not None
    return {
        "title": sheet.title,
        "name": found.name,
        "finished_at": sheet.attempt.finished_at,
        "is_preview": sheet.attempt.is_preview,
        "overall": sheet.overall,
        "sections": sheet.sections,
        "place": place,
        "percentile": format_percentile(place.percentile, 1) if place and known and place.percentile else None,
        "ring": ring(sheet),
        "marks_open_at": None if Item.MARKS in sheet.seen else sheet.policy.opens_at(Item.MARKS, now),
        "paper_url": f"/papers/{sheet.paper.slug}" if sheet.paper.status == PaperStatus.PUBLISHED else "",
    }


def shared_json(found: Shared) -> dict[str, Any]:
    """The same for scripts; what may not be seen yet is null."""
    sheet, place = found.sheet, found.sheet.standing
    own = _marks(sheet.overall)
    return {
        "title": sheet.title, "name": found.name or None, "finished_at": iso(sheet.attempt.finished_at), **own,
        "rank": place.rank if place else None,
        "percentile": round(float(place.percentile), 7) if place and place.percentile is not None else None,
        "n": place.n if place else None,
        "sections": [{"title": each.title, **_marks(each)} for each in sheet.sections],
    }  # fmt: skip


def _marks(group: Group) -> dict[str, Any]:
    return {
        "score": None if group.score is None else format_marks(group.score),
        "max": None if group.max is None else format_marks(group.max),
    }
