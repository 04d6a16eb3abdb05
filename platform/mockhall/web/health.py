"""/healthz: the process answers. /readyz: the database answers and its schema is ours."""

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from sqlalchemy import text

from mockhall.db import Reading

router = APIRouter()


@router.get("/healthz")
def healthz() -> JSONResponse:
    return JSONResponse({"status": "ok"})


@router.get("/readyz")
def readyz(request: Request, db: Reading) -> JSONResponse:
    found = db.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return JSONResponse({"status": "ok", "schema": found})
