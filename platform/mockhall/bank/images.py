"""Pictures of questions: kept once under the hash of what they hold, served for ever once a version shows them."""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Text, cast, delete, exists, update
from sqlmodel import Session, col, select

from mockhall.bank.desk_models import QuestionDraft
from mockhall.bank.models import Image

TYPES = {"png": "image/png", "jpg": "image/jpeg", "gif": "image/gif", "webp": "image/webp"}
UNUSED_FOR = timedelta(days=1)
_HERE = r"\]\(<?/images/([0-9a-f]{32}\.(?:png|jpg|gif|webp))\b"
_ADDRESS = re.compile(_HERE)
# No [ in its words: from each of a hundred thousand of them the rest of the text would be gone through.
SHOWN = re.compile(r"!\[([^\[\]\n]*)" + _HERE)
"""A picture of this server in Markdown: what it says of itself, and its address."""


def keep(db: Session, address: str, data: bytes, now: datetime) -> None:
    """Store a picture unless it is there; the address is the hash of the data with its ending."""
    image = find(db, address)
    if image is None:
        db.add(Image(address=address, data=data, created_at=now))
    elif not image.used:
        image.created_at = now  # uploaded again: another day to be used in
    db.flush()


def find(db: Session, address: str) -> Image | None:
    """The picture at this address."""
    return db.exec(select(Image).where(Image.address == address)).first()


def type_of(image: Image) -> str:
    """The media type, by the ending that was checked when the picture was read."""
    return TYPES[image.address.rpartition(".")[2]]


def addresses(texts: Iterable[str]) -> set[str]:
    """The pictures that texts show."""
    return {address for text in texts for address in _ADDRESS.findall(text)}


def missing(db: Session, texts: Iterable[str]) -> frozenset[str]:
    """Those of them that are not there: mistyped, or swept since they were uploaded."""
    wanted = addresses(texts)
    if not wanted:
        return frozenset()
    there = db.exec(select(Image.address).where(col(Image.address).in_(wanted))).all()
    return frozenset(wanted.difference(there))


def now_used(db: Session, contents: Mapping[str, Any]) -> None:
    """A version is stored that says this: its pictures stay."""
    shown = addresses([json.dumps(list(contents.values()), default=str)])
    if shown:
        db.execute(update(Image).where(col(Image.address).in_(shown)).values(used=True))


def sweep(db: Session, now: datetime) -> int:
    """Forget pictures older than a day that no version shows and no draft mentions; returns how many."""
    mentioned = exists().where(cast(QuestionDraft.fields, Text).contains(col(Image.address)))
    old = col(Image.created_at) < now - UNUSED_FOR
    gone = delete(Image).where(col(Image.used).is_(False), old, ~mentioned)
    return int(db.execute(gone).rowcount)  # type: ignore[attr-defined]  # a DELETE's result has one
