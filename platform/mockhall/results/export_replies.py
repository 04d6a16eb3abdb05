"""Files as replies: streamed, made at once, or made later with a page that says how far it is."""

from functools import partial

from fastapi import Request
from fastapi.responses import FileResponse, Response, StreamingResponse

from mockhall.db import Database
from mockhall.exam.analysis import Chosen
from mockhall.results import export, export_xlsx
from mockhall.results.export import Cell, Table
from mockhall.results.export_attempts import attempts_table
from mockhall.results.export_items import items_head, items_table
from mockhall.results.export_jobs import Job, JobState, jobs_of
from mockhall.results.export_pdf import report_data
from mockhall.results.export_scope import Scope
from mockhall.results.forms import ItemQuery
from mockhall.results.item_report import item_report
from mockhall.web.errors import Refused, iso
from mockhall.web.made import MadeReply
from mockhall.web.pages import json_reply, redirect, render, wants_fragment, wants_json
from mockhall.web.pdf import PdfReply, make

LONG = 20_000
"""Rows from which on a workbook takes so long that a page says how far it is."""


def csv(scope: Scope, table: Table, what: str = "report") -> Response:
    """The table as CSV, sent while it is read."""
    headers = {"Content-Disposition": export.disposition(scope.name(what))}
    return StreamingResponse(export.csv_pieces(table), media_type="text/csv; charset=utf-8", headers=headers)


def json(scope: Scope, table: Table, what: str = "report") -> Response:
    """The table as JSON, sent while it is read."""
    headers = {"Content-Disposition": export.disposition(scope.name(what), "json")}
    pieces = export.json_pieces(scope.head(), table)
    return StreamingResponse(pieces, media_type="application/json", headers=headers)


def items(request: Request, scope: Scope, asked: ItemQuery, ending: str) -> Response:
    """The item analysis of a version, as CSV or JSON; it is short, so it is made whole."""
    database, version = database_of(request), f"-version-{asked.version}" if asked.version else ""

    def made() -> bytes:
        with database.reading() as db:
            found = item_report(db, scope.paper, asked.version, asked.chosen, scope.now)
        head, table = items_head(found), items_table(found)
        return "".join(export.csv_pieces(table) if ending == "csv" else export.json_pieces(head, table)).encode()

    chosen = "" if asked.chosen is Chosen.FIRST else f"-{asked.chosen.value}"
    named = export.disposition(f"items-{scope.slug}{version}{chosen}", ending)
    return MadeReply(made, named, {"csv": "text/csv; charset=utf-8", "json": "application/json"}[ending])


def workbook(request: Request, scope: Scope) -> Response:
    """The workbook, made once the route is over."""
    database = database_of(request)
    named = export.disposition(scope.name(), "xlsx")
    made = partial(_short_workbook, database, scope)
    return MadeReply(made, named, export_xlsx.MEDIA_TYPE)


def _short_workbook(database: Database, scope: Scope) -> bytes:
    return export_xlsx.content(about(scope), _tables(database, scope))


def pdf(request: Request, scope: Scope) -> Response:
    """The PDF, made once the route is over."""
    database, settings = database_of(request), request.app.state.settings

    def made() -> bytes:
        with database.reading() as db:
            data = report_data(db, scope, settings)
        return make("report", data, scope.now)

    return PdfReply(made, export.disposition(scope.name(), "pdf"))


def offer(request: Request, scope: Scope, rows: int) -> Response:
    """A page that says why the file isn't there at once, and what to do."""
    if wants_json(request):
        return json_reply({"reason": "long", "rows": rows, "make_at": f"/desk/papers/{scope.slug}/exports"}, 409)
    return render(request, "results/export_offer.html", scope=scope, rows=rows, most=export_xlsx.MOST_ROWS)


def begun(request: Request, scope: Scope, rows: int) -> Response:
    """Start making the workbook; 303 to the page that says how far it is."""
    if rows > export_xlsx.MOST_ROWS:
        raise Refused(409, "too_long", "A sheet holds 1,000,000 rows at most. Take the CSV: it grows to any length.")
    database = database_of(request)
    job = jobs_of(request.app.state).begin(
        scope.slug, scope.title, scope.name(), scope.address, rows,
        lambda path, told: export_xlsx.write(path, about(scope), _tables(database, scope), told),
    )  # fmt: skip
    if wants_json(request):
        return json_reply(_said(job), 202)
    return redirect(request, f"/desk/exports/{job.code}")


def progress(request: Request, job: Job) -> Response:
    """How far the file is; to htmx only that piece."""
    if wants_json(request):
        return json_reply(_said(job))
    template = "results/_export.html" if wants_fragment(request) else "results/export.html"
    return render(request, template, job=job)


def made(request: Request, job: Job) -> Response:
    """The file that is ready."""
    if job.state is not JobState.READY:
        raise Refused(409, "not_ready", "This file is not ready yet.", done=job.done, total=job.total)
    headers = {"Content-Disposition": export.disposition(job.name, "xlsx")}
    return FileResponse(jobs_of(request.app.state).file(job), media_type=export_xlsx.MEDIA_TYPE, headers=headers)


def database_of(request: Request) -> Database:
    """The app's database: what is sent is read after the route is over."""
    found: Database = request.app.state.database
    return found


def _tables(database: Database, scope: Scope) -> list[Table]:
    """Attempts, and the questions of the newest version that was sat as far as they are counted."""
    with database.reading() as db:
        found = item_report(db, scope.paper, None, Chosen.FIRST, scope.now)
    return [attempts_table(database, scope), *([items_table(found)] if found.figures else [])]


def about(scope: Scope) -> list[tuple[str, Cell]]:
    """What the first sheet says."""
    chosen = [(f"Only {name}", value) for name, value in scope.filters.items()] or [("Attempts", "all")]
    return [("Test", scope.title), ("Address", scope.slug), *chosen, ("Made at (UTC)", scope.now)]


def _said(job: Job) -> dict[str, object]:
    return {
        "code": job.code, "state": job.state.value, "done": job.done, "total": job.total,
        "url": f"/desk/exports/{job.code}",
        "file": f"/desk/exports/{job.code}/file" if job.state is JobState.READY else None,
        "started_at": iso(job.started_at),
    }  # fmt: skip
