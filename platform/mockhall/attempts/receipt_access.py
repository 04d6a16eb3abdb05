"""Who may look a receipt up: anybody with its number or fingerprint, who may not try out many."""

from dataclasses import dataclass
from functools import partial
from typing import Annotated

from fastapi import Depends, Query, Request

from mockhall.accounts import limits
from mockhall.accounts.access import client_address
from mockhall.attempts import receipts
from mockhall.attempts.receipts import Receipt
from mockhall.exam.receipt import read_fingerprint
from mockhall.web.now import Now

MISSES = 200
"""Unknown numbers one address may try in ten minutes: a school behind one address mistypes some."""
LONGEST = 200


@dataclass(frozen=True)
class Pasted:
    """What somebody pasted into the form, and what was found by it."""

    typed: str
    found: Receipt | None = None

    @property
    def digest(self) -> str:
        return read_fingerprint(self.typed)


def _looked_up(request: Request, typed: str, now: Now) -> Receipt | None:
    """The receipt; misses are counted by address."""
    key = f"receipt:{client_address(request)}"
    find = partial(receipts.found, typed=typed)
    return limits.guessed(request.app.state.database, limits.limit_of(MISSES, 10), key, now, find)


def found_receipt(request: Request, receipt: str, now: Now) -> Receipt | None:
    """The receipt with the number in the address."""
    return _looked_up(request, receipt, now)


def pasted_receipt(
    request: Request, now: Now, receipt: Annotated[str, Query(max_length=LONGEST)] = ""
) -> Pasted:  # fmt: skip
    """What the form sent; nothing is looked up while it is empty."""
    return Pasted(receipt, _looked_up(request, receipt, now) if receipt.strip() else None)


@dataclass(frozen=True)
class Asked:
    """The number in the address as it was typed, and a fingerprint to compare."""

    number: str
    hash: str


def asked_number(receipt: str, hash: Annotated[str, Query(max_length=LONGEST)] = "") -> Asked:  # noqa: A002
    """The address's own words."""
    return Asked(receipt[:LONGEST], hash)


FoundReceipt = Annotated[Receipt | None, Depends(found_receipt, scope="function", max_concurrency=2)]
PastedReceipt = Annotated[Pasted, Depends(pasted_receipt, scope="function", max_concurrency=2)]
AskedNumber = Annotated[Asked, Depends(asked_number)]
