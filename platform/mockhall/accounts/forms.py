"""Parsing what people send about themselves: addresses, names, passwords, and where to go next."""

import unicodedata
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import FormData

from mockhall.accounts import passwords
from mockhall.accounts.models import normal_email

LONGEST_EMAIL, LONGEST_NAME, LONGEST_NEXT = 254, 80, 1000
# They turn the reading direction of the text around them.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_CONTROLS = frozenset({"Cc", "Cs", "Zl", "Zp"})


@dataclass(frozen=True)
class SignInForm:
    """Who says to be whom."""

    email: str = ""
    password: str = field(default="", repr=False)
    after: str = ""


@dataclass(frozen=True)
class SignUpForm(SignInForm):
    """A wish for an account; `errors` says by field what can't be so."""

    name: str = ""
    errors: dict[str, str] = field(default_factory=dict)


def safe_next(text: str) -> str:
    r"""Where to go afterwards: a path of this site, or nothing.

    Browsers read `//host` and `/\host` as another site, and leave out tabs and line ends before they read."""
    safe = text.startswith("/") and not text.startswith("//") and "\\" not in text and len(text) <= LONGEST_NEXT
    return text if safe and text.isprintable() else ""


def email_fault(email: str) -> str:
    """Why this is no address; empty when it may be one. Only a message sent there could tell for certain."""
    if len(normal_email(email)) > LONGEST_EMAIL:
        return f"An address has at most {LONGEST_EMAIL} characters."
    before, _, after = email.partition("@")
    if email.count("@") != 1 or not before or not after or " " in email or not email.isprintable():
        return "Write the whole address, as in name@example.org."
    return ""


def clean_name(text: str) -> str:
    """The name as shown: blanks in a row are one, and no control characters. Joiners stay: Indic scripts need them."""
    kept = "".join(char for char in " ".join(text.split()) if char not in _TURNING)
    return "".join(char for char in kept if unicodedata.category(char) not in _CONTROLS).strip()


async def sign_in_form(request: Request) -> SignInForm:
    """The fields of a sign-in. Nothing is refused here: what can't be an account gets the one answer."""
    form = await _read(request)
    return SignInForm(text_of(form, "email").strip(), text_of(form, "password"), safe_next(text_of(form, "next")))


async def sign_up_form(request: Request) -> SignUpForm:
    """The fields of a new account, each checked."""
    form = await _read(request)
    email, password, name = text_of(form, "email").strip(), text_of(form, "password"), clean_name(text_of(form, "name"))
    errors = {"email": email_fault(email), "password": passwords.fault(password, email)}
    errors["name"] = f"Use at most {LONGEST_NAME} characters." if len(name) > LONGEST_NAME else ""
    said = {name: text for name, text in errors.items() if text}
    return SignUpForm(email, password, safe_next(text_of(form, "next")), name, said)


async def new_password(request: Request) -> str:
    """The password to set."""
    return text_of(await _read(request), "password")


async def next_page(request: Request) -> str:
    """Where to go afterwards."""
    return safe_next(text_of(await _read(request), "next"))


async def _read(request: Request) -> FormData:
    return await request.form(max_fields=20, max_files=0)


def text_of(form: FormData, name: str) -> str:
    """A field as text; empty without it, or where a file was sent in its place."""
    value = form.get(name, "")
    # A multipart body may name a charset that gives halves of characters, which no database takes.
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""


SignIn = Annotated[SignInForm, Depends(sign_in_form)]
SignUp = Annotated[SignUpForm, Depends(sign_up_form)]
NewPassword = Annotated[str, Depends(new_password)]
Next = Annotated[str, Depends(next_page)]
