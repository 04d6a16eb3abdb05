"""python -m tools.bench [--seconds N] [--json FILE] [ROW ...]: measures, and says of each row whether it is met."""

import argparse
import asyncio
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path

from tests.servers.postgres import fresh_database, postgres
from tools.bench import machine, rows, site
from tools.bench.driver import Made, drive
from tools.bench.rows import Row

NAMES = ("save", "open", "start", "at-once", "rooms", "hand-ins", "p99", "postgres")
PACE, SLOWEST = 667, 0.050
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "shared_buffers": "256MB"}


class Bench:
    """One run: the yardsticks on their ports, and how long each thing is measured."""

    def __init__(self, seconds: float, bare: int, upsert: int, port: int) -> None:
        self.seconds, self.bare, self.upsert, self.port = seconds, bare, upsert, port

    async def a(self) -> float:
        """Yardstick A, in answers a second."""
        return (await drive(self.bare, rows.answers(), seconds=self.seconds / 2)).rate

    async def r(self) -> float:
        """Yardstick R, in forms kept a second."""
        return (await drive(self.upsert, rows.upserts(), seconds=self.seconds / 2)).rate

    async def save(self) -> Row:
        """Saves against R: both keep a form before they answer."""
        sittings = await rows.begin(self.port, 64)
        before = await self.r()
        result = await drive(self.port, rows.saves(sittings), seconds=self.seconds)
        return rows.share("save", result, "R", [before, await self.r()], 0.65)

    async def open(self) -> Row:
        """The room of an attempt of sixty questions, compressed as browsers ask for it."""
        sittings = await rows.begin(self.port, 64)
        before = await self.a()
        result = await drive(self.port, rows.opens(sittings), seconds=self.seconds)
        return rows.share("open", result, "A", [before, await self.a()], 0.09)

    async def start(self) -> Row:
        """New guests, each with an attempt of sixty questions."""
        before = await self.a()
        result = await drive(self.port, rows.starts([]), seconds=self.seconds)
        return rows.share("start of 60 questions", result, "A", [before, await self.a()], 0.07)

    async def at_once(self) -> Row:
        """A school that presses Start in the same moment."""
        return await self._thousand("1,000 starts at once", rows.starts([], rows.AT_ONCE), 1.0)

    async def rooms(self) -> Row:
        """The same school as each sees the room for the first time."""
        sittings = await rows.begin(self.port, rows.AT_ONCE)
        return await self._thousand("1,000 rooms opened at once", rows.first_opens(sittings), 4.0)

    async def hand_ins(self) -> Row:
        """And as it hands in, all marked before they hear that they have."""
        sittings = await rows.begin(self.port, rows.AT_ONCE)
        return await self._thousand("1,000 hand-ins at once", rows.hand_ins(sittings), 10.0)

    async def _thousand(self, name: str, requests: Iterator[Made], limit: float) -> Row:
        result = await drive(self.port, requests, seconds=60, connections=rows.AT_ONCE)
        result.statuses[0] = result.statuses.get(0, 0) + rows.AT_ONCE - result.done
        return rows.measured(name, result, result.seconds, limit, "s")

    async def p99(self) -> Row:
        """Saves at a steady pace, each timed from when it was due."""
        sittings = await rows.begin(self.port, 64)
        result = await drive(self.port, rows.saves(sittings), seconds=self.seconds, rate=PACE)
        return rows.measured(f"save p99 at {PACE}/s", result, result.percentile(0.99), SLOWEST, "s")

    async def postgres(self) -> Row:
        """Saves on PostgreSQL, flushed to disk, against A."""
        sittings = await rows.begin(self.port, 64)
        before = await self.a()
        result = await drive(self.port, rows.saves(sittings), seconds=self.seconds)
        return rows.share("save on PostgreSQL", result, "A", [before, await self.a()], 0.07)


def run(names: Sequence[str], seconds: float) -> list[Row]:
    """The rows asked for, each on a database of its own."""
    found = []
    with site.bare() as bare, site.upsert() as upsert:
        for name in names:
            with ExitStack() as stack:
                url = ""
                if name == "postgres":
                    server = stack.enter_context(postgres(**DURABLE))
                    if server.url is None:
                        print(f"save on PostgreSQL: not measured, {server.reason}", file=sys.stderr)
                        continue
                    url = fresh_database(server.url)
                bench = Bench(seconds, bare, upsert, stack.enter_context(site.mockhall(url)))
                found.append(asyncio.run(getattr(bench, name.replace("-", "_"))()))
    return found


def table(found: Sequence[Row]) -> str:
    """The rows as a table of Markdown."""
    lines = [
        "| | measured | wanted | | requests/s | p50 ms | p99 ms | errors |",
        "|---|---:|---:|---|---:|---:|---:|---:|",
    ]
    for row in found:
        sign = "at least" if row.yardstick else "at most"
        cells = [
            row.name, f"{row.value:.3f} {row.unit}", f"{sign} {row.limit:g} {row.unit}",
            "met" if row.is_met else "NOT MET", f"{row.rate:,.0f}", f"{row.p50 * 1000:.1f}", f"{row.p99 * 1000:.1f}",
            str(row.errors),
        ]  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def main() -> None:
    """Reads the arguments, measures, prints, writes; status 1 when a row is not met."""
    parser = argparse.ArgumentParser(prog="bench", description="What the exam room does on this machine.")
    parser.add_argument("rows", nargs="*", default=[], metavar="ROW", help=f"of {', '.join(NAMES)}; without one, all")
    parser.add_argument("--seconds", type=float, default=6.0, help="how long each row is measured, 1 to 60")
    parser.add_argument("--json", type=Path, default=Path("test-results/bench.json"))
    given = parser.parse_args()
    names = given.rows or list(NAMES)
    if unknown := set(names) - set(NAMES):
        parser.error(f"no such row: {', '.join(sorted(unknown))}")
    about, found = machine.facts(), run(names, min(60.0, max(1.0, given.seconds)))
    print(f"\n{about}\n\n{table(found)}")
    given.json.parent.mkdir(parents=True, exist_ok=True)
    lines = [asdict(row) | {"met": row.is_met} for row in found]
    given.json.write_text(json.dumps({"machine": about, "rows": lines}, indent=1) + "\n", "utf-8")
    print(f"\nWritten to {given.json}")
    sys.exit(0 if all(row.is_met for row in found) else 1)


if __name__ == "__main__":
    main()
