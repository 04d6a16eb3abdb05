"""The rows of the benchmark: what is asked of the room, and against which yardstick it is held."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from tools.bench.driver import Made, Result, drive, request
from tools.bench.site import EACH, SECTIONS, SLUG

QUESTIONS = EACH * len(SECTIONS)
JSON = "Accept: application/json\r\n"
AT_ONCE = 1_000
COMMON = "Sec-Fetch-Site: same-origin\r\n"


@dataclass(frozen=True)
class Sitting:
    """One started attempt."""

    code: str
    cookie: str


@dataclass(frozen=True)
class Row:
    """A line of the table. `yardstick` is A or R, or "" where `value` is judged by itself; `limit` as in the issue."""

    name: str
    value: float
    limit: float
    unit: str
    yardstick: str = ""
    requests: int = 0
    rate: float = 0.0
    errors: int = 0
    p50: float = 0.0
    p99: float = 0.0

    @property
    def is_met(self) -> bool:
        """A share of a yardstick is to be reached, a time not to be passed; an error is never met."""
        reached = self.value >= self.limit if self.yardstick else self.value <= self.limit
        return reached and self.errors == 0 and self.requests > 0


def starts(sittings: list[Sitting], count: int | None = None) -> Iterator[Made]:
    """Strangers who press Start, each noted when they are in."""

    def note(status: int, reply: bytes) -> None:
        if status == 201:
            code = reply.partition(b'"code":"')[2].partition(b'"')[0].decode()
            cookie = reply.partition(b"mockhall=")[2].partition(b";")[0].decode()
            sittings.append(Sitting(code, f"mockhall={cookie}"))

    wire = request("POST", f"/papers/{SLUG}/attempts", form="name=Asha", headers=JSON + COMMON)
    return itertools.repeat((wire, note)) if count is None else itertools.repeat((wire, note), count)


def saves(sittings: list[Sitting]) -> Iterator[Made]:
    """Candidates who answer in turn, question after question, each save newer than the last."""
    for seq in itertools.count(1):
        number = seq % QUESTIONS + 1
        for sitting in sittings:
            path = f"/attempts/{sitting.code}/responses/{number}"
            yield request("POST", path, sitting.cookie, _form(seq, number), headers=JSON + COMMON), None


def _form(seq: int, number: int) -> str:
    """A save as the room sends it."""
    return f"choice=o{seq % 4 + 1}&marked=0&seq={seq}&tab=bench&base={seq - 1}&active_ms={seq * 900}&visited={number}"


def upserts() -> Iterator[Made]:
    """The same forms for yardstick R, on as many attempts."""
    for seq in itertools.count(1):
        number = seq % QUESTIONS + 1
        for attempt in range(64):
            yield request("POST", f"/attempts/{attempt}/responses/{number}", form=_form(seq, number)), None


def opens(sittings: list[Sitting]) -> Iterator[Made]:
    """Candidates who open the room, at whichever question they are."""
    return itertools.cycle([(_room(each), None) for each in sittings])


def first_opens(sittings: list[Sitting]) -> Iterator[Made]:
    """Each of them once."""
    return ((_room(each), None) for each in sittings)


def _room(sitting: Sitting) -> bytes:
    return request("GET", f"/attempts/{sitting.code}", sitting.cookie, headers="Accept: text/html\r\n")


def hand_ins(sittings: list[Sitting]) -> Iterator[Made]:
    """Candidates who hand in."""
    for each in sittings:
        path = f"/attempts/{each.code}/submission"
        yield request("POST", path, each.cookie, headers=JSON + COMMON), None


def answers() -> Iterator[Made]:
    """Requests for yardstick A."""
    return itertools.repeat((request("GET", "/"), None))


async def begin(port: int, count: int) -> list[Sitting]:
    """So many attempts that run, their rows not counted anywhere."""
    sittings: list[Sitting] = []
    await drive(port, starts(sittings, count), seconds=60)
    if len(sittings) < count:
        raise RuntimeError(f"{len(sittings)} of {count} attempts could be started")
    return sittings


def share(name: str, result: Result, yardstick: str, rates: list[float], limit: float) -> Row:
    """A rate as a share of a yardstick's, the mean of those measured before and after."""
    mean = sum(rates) / len(rates)
    return measured(name, result, result.rate / mean if mean else 0.0, limit, yardstick, yardstick)


def measured(name: str, result: Result, value: float, limit: float, unit: str, yardstick: str = "") -> Row:
    """A row with what was counted on the way."""
    return Row(
        name, value, limit, unit, yardstick, result.done, result.rate, result.errors, result.percentile(0.5),
        result.percentile(0.99),
    )  # fmt: skip
