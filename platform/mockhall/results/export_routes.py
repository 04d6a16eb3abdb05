"""HTTP of the files staff take away. Each is a line in the audit log, so these GETs take the session that writes."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from mockhall.db import Reading
from mockhall.results import export_replies as replies
from mockhall.results.access import Exported, ExportedFile
from mockhall.results.export_attempts import attempts_table
from mockhall.results.export_responses import responses_table
from mockhall.results.export_wide import wide_of
from mockhall.results.forms import AskedItems
from mockhall.web import pdf

router = APIRouter()


@router.get("/desk/papers/{slug}/report.csv")
def report_csv(request: Request, export: Exported, questions: str = "") -> Response:
    """One row an attempt; with `?questions=1` the marks of each question beside it."""
    export.log("report.csv")
    wide = wide_of(export.db, export.scope) if questions == "1" else None
    return replies.csv(export.scope, attempts_table(replies.database_of(request), export.scope, wide))


@router.get("/desk/papers/{slug}/report.json")
def report_json(request: Request, export: Exported) -> Response:
    """The same as JSON."""
    export.log("report.json")
    return replies.json(export.scope, attempts_table(replies.database_of(request), export.scope))


@router.get("/desk/papers/{slug}/report.xlsx")
def report_xlsx(request: Request, export: Exported) -> Response:
    """The same as a workbook; a long one is offered first."""
    rows = export.scope.count(export.db)
    if rows > replies.LONG:
        return replies.offer(request, export.scope, rows)
    export.log("report.xlsx")
    return replies.workbook(request, export.scope)


@router.get("/desk/papers/{slug}/report.pdf", dependencies=[pdf.Required])
def report_pdf(request: Request, export: Exported) -> Response:
    """The same to read and to print."""
    export.log("report.pdf")
    return replies.pdf(request, export.scope)


@router.get("/desk/papers/{slug}/responses.csv")
def responses_csv(request: Request, export: Exported) -> Response:
    """One row a response."""
    export.log("responses.csv")
    return replies.csv(export.scope, responses_table(replies.database_of(request), export.scope), "responses")


@router.get("/desk/papers/{slug}/responses.json")
def responses_json(request: Request, export: Exported) -> Response:
    """The same as JSON."""
    export.log("responses.json")
    return replies.json(export.scope, responses_table(replies.database_of(request), export.scope), "responses")


@router.get("/desk/papers/{slug}/items.csv")
def items_csv(request: Request, export: Exported, asked: AskedItems) -> Response:
    """One row a question with its figures."""
    export.log("items.csv")
    return replies.items(request, export.scope, asked, "csv")


@router.get("/desk/papers/{slug}/items.json")
def items_json(request: Request, export: Exported, asked: AskedItems) -> Response:
    """The same as JSON, with the figures of the paper."""
    export.log("items.json")
    return replies.items(request, export.scope, asked, "json")


@router.post("/desk/papers/{slug}/exports")
def begin_export(request: Request, export: Exported) -> Response:
    """Start making a long workbook."""
    export.log("report.xlsx")
    return replies.begun(request, export.scope, export.scope.count(export.db))


@router.get("/desk/exports/{code}")
def export_progress(request: Request, db: Reading, job: ExportedFile) -> Response:
    """How far it is, and the file when it is there."""
    return replies.progress(request, job)


@router.get("/desk/exports/{code}/file")
def export_file(request: Request, db: Reading, job: ExportedFile) -> Response:
    """The file itself; that it was asked for is in the log already."""
    return replies.made(request, job)
