"""A list of people as it was pasted or uploaded, read line by line, without the database.

One address a line, several parted by commas, `Asha Rao <asha@example.org>`, or columns under a heading line that names
`email` and, in any order, `name` and `roll`. A line that can't be read is left out and told of by its number."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from mockhall.accounts.forms import LONGEST_EMAIL, LONGEST_NAME, clean_name, email_fault
from mockhall.accounts.models import normal_email

MOST_LINES, LONGEST_LINE, LONGEST_ROLL = 10_000, 2_000, 40
EXCERPT = 60  # characters of a line that is shown as wrong
_LINES = re.compile(r"\r\n|\r|\n")
_NO_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_NAMED = re.compile(r'\s*"?([^"<>]*?)"?\s*<([^<>\s]*@[^<>\s]*)>\s*')
_NO_ADDRESS = re.compile(r"^[=+\-]|[<>()\[\]\\,;:\"]")
_STARTS_A_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_WORDS = {
    "email": {"email", "e-mail", "mail", "email address", "e-mail address", "address"},
    "name": {"name", "full name", "student", "student name"},
    "roll": {"roll", "roll no", "roll no.", "roll number", "number"},
}
NO_COLUMN = "The heading line names no column “email”."
TOO_MANY = f"A list has at most {MOST_LINES:,} lines and people. Send the rest by itself."
NEEDS_HEADING = "To give more than addresses, name the columns in a heading line: email, name, roll."


@dataclass(frozen=True)
class Wanted:
    """Somebody on the list: the address as accounts keep it."""

    line: int
    email: str
    name: str = ""
    roll: str = ""


@dataclass(frozen=True)
class Fault:
    """Why a line is left out, and how it begins."""

    line: int
    text: str
    excerpt: str


@dataclass(frozen=True)
class Roster:
    """A list as read; `unread` are columns of the heading that mean nothing here."""

    people: Sequence[Wanted] = ()
    faults: Sequence[Fault] = ()
    unread: Sequence[str] = ()


@dataclass(frozen=True)
class _Heading:
    """What parts the columns, and which of them is what."""

    delimiter: str
    places: dict[str, int]
    width: int
    unread: list[str] = field(default_factory=list)


class _Wrong(Exception):
    """Why a line can't be read."""


def read(text: str) -> Roster:
    """The people of a list; of an address that comes twice the first line counts."""
    lines = [(number, line) for number, line in _numbered(text) if line.strip(" \t,;")]
    if lines and lines[0][1].strip().casefold().startswith("sep="):  # how a spreadsheet is told what parts cells
        lines = lines[1:]
    heading = _heading(lines[0][1]) if lines else None
    if heading and "email" not in heading.places:
        return Roster(faults=[Fault(lines[0][0], NO_COLUMN, _excerpt(lines[0][1]))])
    people: dict[str, Wanted] = {}
    faults = []
    for number, line in lines[1:] if heading else lines:
        try:
            for each in _people(number, line, heading):
                if each.email in people:
                    raise _Wrong(f"Line {people[each.email].line} has this address already.")
                if len(people) >= MOST_LINES:
                    raise _Wrong(TOO_MANY)
                people[each.email] = each
        except _Wrong as wrong:
            faults.append(Fault(number, str(wrong), _excerpt(line)))
    return Roster(list(people.values()), faults, heading.unread if heading else ())


def written(people: Sequence[Wanted]) -> str:
    """The people as a list that reads back the same."""
    rows = [("email", "name", "roll"), *((each.email, each.name, each.roll) for each in people)]
    return "\n".join(",".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) for row in rows)


def _numbered(text: str) -> Iterator[tuple[int, str]]:
    yield from enumerate(_LINES.split(text.removeprefix("\ufeff"))[: MOST_LINES + 1], 1)


def _excerpt(line: str) -> str:
    shown = "".join(char if char.isprintable() else "�" for char in line[: EXCERPT + 1])
    return f"{shown[:EXCERPT]}…" if len(shown) > EXCERPT else shown


def _heading(line: str) -> _Heading | None:
    """The columns, where the first line names some."""
    if "@" in line or len(line) > LONGEST_LINE or _NO_TEXT.search(line):
        return None
    delimiter = max(",;\t", key=line.count)
    cells = [" ".join(cell.split()).strip('"') for cell in line.split(delimiter)]
    places: dict[str, int] = {}
    unread = []
    for place, cell in enumerate(cells):
        meant = next((column for column, words in _WORDS.items() if cell.casefold() in words), "")
        if meant and meant not in places:
            places[meant] = place
        elif cell:
            unread.append(cell[:EXCERPT])
    return _Heading(delimiter, places, len(cells), unread) if places else None


def _people(number: int, line: str, heading: _Heading | None) -> Iterator[Wanted]:
    """Whoever a line names."""
    if number > MOST_LINES:
        raise _Wrong(TOO_MANY)
    if len(line) > LONGEST_LINE:
        raise _Wrong(f"This line is longer than {LONGEST_LINE:,} characters.")
    if _NO_TEXT.search(line):
        raise _Wrong("This line holds characters that are no text.")
    if heading is None:
        yield from _without_heading(number, line)
        return
    cells = _cells(line, heading)
    email, name, roll = (cells[at] if (at := heading.places.get(each, -1)) >= 0 else "" for each in _WORDS)
    yield _wanted(number, email, name, roll)


def _cells(line: str, heading: _Heading) -> list[str]:
    try:
        cells = next(csv.reader([line], delimiter=heading.delimiter, strict=True, skipinitialspace=True))
    except csv.Error:
        raise _Wrong("The quotation marks in this line don’t match.") from None
    if any(cell.strip() for cell in cells[heading.width :]):
        raise _Wrong("This line has more cells than the heading has columns.")
    return cells + [""] * (heading.width - len(cells))


def _without_heading(number: int, line: str) -> Iterator[Wanted]:
    """One address, or several; a name may stand before one as mail programs write it."""
    if whole := _NAMED.fullmatch(line.rstrip(",; ")):
        yield _wanted(number, whole[2], whole[1])
        return
    pieces = [piece.strip().strip('"') for piece in re.split("[,;\t]", line) if piece.strip()]
    pieces = [word for piece in pieces for word in (piece.split() if piece.count("@") > 1 else [piece])]
    if len(pieces) > 1 and not all("@" in piece for piece in pieces):
        raise _Wrong(NEEDS_HEADING)
    for piece in pieces:
        found = _NAMED.fullmatch(piece)
        yield _wanted(number, found[2], found[1]) if found else _wanted(number, piece)


def _wanted(number: int, email: str, name: str = "", roll: str = "") -> Wanted:
    """Somebody, each cell checked."""
    email, name, roll = email.strip(), clean_name(name), clean_name(roll)
    if not email:
        raise _Wrong("There is no address in this line.")
    if len(email) > 2 * LONGEST_EMAIL:  # composing one takes the square of its length
        raise _Wrong(f"An address has at most {LONGEST_EMAIL} characters.")
    if fault := email_fault(email):
        raise _Wrong(fault)
    if _NO_ADDRESS.search(email):
        raise _Wrong("This is no address: it holds signs that addresses don’t have.")
    _check("A name", name, LONGEST_NAME)
    _check("A roll number", roll, LONGEST_ROLL)
    return Wanted(number, normal_email(email), name, roll)


def _check(what: str, text: str, longest: int) -> None:
    if len(text) > longest:
        raise _Wrong(f"{what} has at most {longest} characters.")
    if text.startswith(_STARTS_A_FORMULA):
        raise _Wrong(f"{what} can’t begin with {text[0]} because spreadsheets take it for a formula.")
    if "<" in text or ">" in text:
        raise _Wrong(f"{what} can’t hold < or >.")
