"""A form as its fields, read at once: Starlette's own reader costs a save more than all its rules."""

from urllib.parse import unquote_plus

from fastapi import Request

from mockhall.web.errors import Refused

URLENCODED = "application/x-www-form-urlencoded"
Fields = dict[str, list[str]]
"""What was sent under each name, in order."""


async def read_fields(request: Request, most: int) -> Fields:
    """The fields of a form, at most so many; files are not asked for and left out."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() == URLENCODED:
        return _parsed((await request.body()).decode("latin-1"), most)
    form = await request.form(max_fields=most, max_files=0)
    found: Fields = {}
    for name, value in form.multi_items():
        if isinstance(value, str):
            found.setdefault(name, []).append(value)
    return found


def _parsed(body: str, most: int) -> Fields:
    if body.count("&") >= most:
        raise nonsense("form")
    found: Fields = {}
    for pair in body.split("&"):
        name, _, value = pair.partition("=")
        if name:
            found.setdefault(_plain(name), []).append(_plain(value))
    return found


def _plain(written: str) -> str:
    return unquote_plus(written) if "%" in written or "+" in written else written


def nonsense(name: str) -> Refused:
    """422: a field that no page of ours sends so."""
    return Refused(422, "nonsense", f"The field {name} can't be read, so nothing was changed.", saved=False, field=name)
