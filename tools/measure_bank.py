"""Time every kind of page of the editors' list on a bank made by tools/make_bank.py (docs/performance.md).

MOCKHALL_DATA_DIR=/some/folder python -m tools.measure_bank
"""

import html
import os
import re
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlmodel import select

from mockhall.accounts import actions as accounts
from mockhall.accounts.models import Person, Role
from mockhall.app import create_app
from mockhall.bank.list_forms import HEALTH, ORDERS, USED, VERIFIED
from mockhall.bank.models import Question, QuestionTag, Topic
from mockhall.bank.search_tables import QuestionText
from mockhall.db import Database

TIMES = 10
WANTED = 100  # milliseconds


def main() -> None:
    """Print a table, the slowest page of each group first."""
    app = create_app()
    with app.state.database.writing() as db:
        admin = db.exec(select(Person).where(Person.role == Role.ADMIN)).first()
        token = accounts.new_link(db, admin, datetime.now(UTC))
    browser = TestClient(app)
    browser.post(f"/reset/{token}", data={"password": "measured and thrown away"})
    groups = {"search": searches(app), "filter": filters(app), "order": orders(browser), "deep": depths(browser)}
    print("| pages | how many | quickest ms | middle ms | slowest ms | the slowest |\n|---|---:|---:|---:|---:|---|")
    for name, addresses in groups.items():
        found = sorted((timed(browser, app.state.database, address), address) for address in addresses)
        middle, (slowest, which) = found[len(found) // 2][0], found[-1]
        shown = html.escape(which.removeprefix("/desk/questions")[:60])
        print(f"| {name} | {len(found)} | {found[0][0]:.0f} | {middle:.0f} | {slowest:.0f} | `{shown}` |")
        for took, address in found:
            if took > WANTED:
                print(f"LATE {took:.0f} ms: {address}", file=sys.stderr)
    app.state.database.close()


def timed(browser: TestClient, database: Database, address: str) -> float:
    """Milliseconds of processor time for one request, of the server and of PostgreSQL: what else the machine does
    doesn't change them."""
    browser.get(address)
    start = _spent(database)
    for _ in range(TIMES):
        status = browser.get(address).status_code
        if status != 200:
            raise SystemExit(f"{address}: {status}")
    return 1000 * (_spent(database) - start) / TIMES


def _spent(database: Database) -> float:
    """Seconds of this process and of the processes that PostgreSQL keeps for its connections."""
    if database.is_sqlite:
        return time.process_time()
    with database.engine.connect() as connection:
        asked = text("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")
        pids = list(connection.execute(asked).scalars())
    fields = [Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split() for pid in pids]
    ticks = sum(int(each[11]) + int(each[12]) for each in fields)
    return time.process_time() + ticks / os.sysconf("SC_CLK_TCK")


def _address(**query: str) -> str:
    return "/desk/questions?" + "&".join(f"{name}={value}" for name, value in query.items())


def searches(app: Any) -> list[str]:
    """Of words in nearly all questions, in some and in none; of one letter; together with filters and orders."""
    with app.state.database.reading() as db:
        words = db.exec(select(QuestionText.words).where(QuestionText.question_id < 40)).all()
    every = [word for words_ in words for word in words_.split() if word != "tag"]
    common = max(set(every), key=every.count)
    rare = next(word for word in every if every.count(word) == 1)
    found = [common, rare, f"{common}+{rare}", common[:1], common[:2], f"{rare}+{common[:1]}", "zzzz", "9"]
    more = [_address(q=common, sort=sort) for sort in ORDERS] + [_address(q=common[:1], kind="numeric", used="no")]
    return [*(_address(q=each) for each in found), *more]


def filters(app: Any) -> list[str]:
    """Each filter by itself, and some that few questions fit."""
    with app.state.database.reading() as db:
        topics = db.exec(select(Topic.slug).order_by(Topic.id).limit(2)).all()  # type: ignore[arg-type]
        tag = db.exec(select(QuestionTag.tag).limit(1)).one()
        author = db.exec(select(Person.code).join(Question, Question.created_by_id == Person.id)).first() or ""  # type: ignore[arg-type]
    found = [("topic", each) for each in topics] + [("tag", tag), ("tag", "none"), ("author", author)]
    found += [("author", "files"), ("kind", "numeric"), ("difficulty", "Easy")]
    found += [("status", each) for each in ("draft", "in_review", "verified", "retired")]
    found += [
        (name, each) for name, values in (("used", USED), ("health", HEALTH), ("verified", VERIFIED)) for each in values
    ]
    several = _address(
        topic=topics[0], kind="single", difficulty="Easy", status="verified", health="flagged", sort="-used"
    )
    sorted_ = [
        _address(**{name: each, "sort": sort}) for name, each in found for sort in ("facility", "topic", "-question")
    ]
    return ["/desk/questions", several, *(_address(**{name: each}) for name, each in found), *sorted_]


def orders(browser: TestClient) -> list[str]:
    """The first page of each order, both ways."""
    return [_address(sort=each) for each in ORDERS]


def depths(browser: TestClient) -> list[str]:
    """The second, twentieth and last pages of each order, reached by the list's own links."""
    found = []
    for order in ORDERS:
        address = _address(sort=order)
        for page in range(1, 21):
            address = _linked(browser, address, "next")
            found += [address] if page in {1, 20} else []
        turned = order.removeprefix("-") if order.startswith("-") else f"-{order}"
        last = _linked(browser, _linked(browser, _address(sort=turned), "next"), "prev")
        found += [last.replace(f"sort={turned}", f"sort={order}")]
    return found


def _linked(browser: TestClient, address: str, rel: str) -> str:
    link = re.search(rf'href="([^"]*)" rel="{rel}"', browser.get(address).text)
    return html.unescape(link[1]) if link else address


if __name__ == "__main__":
    main()
