"""Pictures of questions: kept once under the hash of what they hold, served for ever."""

from datetime import datetime

from sqlmodel import Session, select

from mockhall.bank.models import Image

TYPES = {"png": "image/png", "jpg": "image/jpeg", "gif": "image/gif", "webp": "image/webp"}


def keep(db: Session, address: str, data: bytes, now: datetime) -> None:
    """Store a picture unless it is there; the address is the hash of the data with its ending."""
    if db.exec(select(Image.address).where(Image.address == address)).first() is None:
        db.add(Image(address=address, data=data, created_at=now))
        db.flush()


def find(db: Session, address: str) -> Image | None:
    """The picture at this address."""
    return db.exec(select(Image).where(Image.address == address)).first()


def type_of(image: Image) -> str:
    """The media type, by the ending that was checked when the picture was read."""
    return TYPES[image.address.rpartition(".")[2]]
