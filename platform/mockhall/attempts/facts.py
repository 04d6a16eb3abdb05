"""What never changes of attempts, questions and paper versions, kept in memory so that a save needs no read first."""

import asyncio
import json
import threading
from collections.abc import Callable, Coroutine, Hashable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from starlette.requests import Request

from mockhall.attempts.beginning import Pattern
from mockhall.attempts.kept_pages import KeptPages
from mockhall.attempts.lane import Lane
from mockhall.attempts.lane_sql import Run, Statement
from mockhall.exam.kinds import Kind
from mockhall.exam.shape import Shape

K = TypeVar("K")
V = TypeVar("V")
T = TypeVar("T")


class Bounded(Generic[K, V]):
    """A memory of the `most` things used last; None for what is not in it."""

    def __init__(self, most: int) -> None:
        self._most, self._kept, self._lock = most, dict[K, V](), threading.Lock()

    def get(self, key: K) -> V | None:
        if len(self._kept) < self._most / 2:  # nothing will be forgotten soon: who was used last is all one
            return self._kept.get(key)
        with self._lock:
            found = self._kept.pop(key, None)
            if found is not None:
                self._kept[key] = found  # now the last
            return found

    def put(self, key: K, value: V) -> V:
        with self._lock:
            self._kept[key] = value
            while len(self._kept) > self._most:
                del self._kept[next(iter(self._kept))]
            return value


@dataclass(frozen=True, slots=True)
class Facts:
    """An attempt's id and questions, fixed at its start: `versions` are the question versions, by number from 1."""

    id: int
    is_strict: bool
    versions: tuple[int, ...]

    @property
    def total(self) -> int:
        return len(self.versions)


_ATTEMPT = Statement(
    "code text",
    "SELECT a.id, a.strict, r.question_version_id FROM v JOIN attempts AS a ON a.code = v.code "
    "JOIN responses AS r ON r.attempt_id = a.id ORDER BY r.number",
)
_SHAPES = Statement(
    "id int", "SELECT q.id, q.kind, CAST(q.options AS text) FROM v JOIN question_versions AS q ON q.id = v.id"
)
_NEWEST = Statement(
    "slug text",
    "SELECT p.id FROM v JOIN papers AS t ON t.slug = v.slug AND t.status = 'published' "
    "JOIN paper_versions AS p ON p.paper_id = t.id AND p.number = t.version",
)


class Memory:
    """The facts one server knows; lost with it, and read again."""

    def __init__(self) -> None:
        self.attempts: Bounded[str, Facts] = Bounded(20_000)
        self.shapes: Bounded[int, Shape] = Bounded(20_000)
        self.patterns: Bounded[int, Pattern] = Bounded(32)
        self.guesses: Bounded[str, int] = Bounded(1_000)  # newest versions by address, as last seen: to be checked

    def look(self, run: Run, code: str) -> Facts | None:
        """Read an attempt; None when there is no such one."""
        rows = run(_ATTEMPT, [(code,)])
        if not rows:
            return None
        return self.attempts.put(code, Facts(rows[0][0], bool(rows[0][1]), tuple(row[2] for row in rows)))

    def look_at(self, run: Run, facts: Facts, number: int) -> Shape:
        """Read what answers to the questions of an attempt can be; that of one of them."""
        for version, kind, options in run(_SHAPES, [(each,) for each in set(facts.versions)]):
            self.shapes.put(version, Shape.of(Kind(kind), json.loads(options)))
        found = self.shapes.get(facts.versions[number - 1])
        assert found is not None
        return found

    def newest(self, run: Run, slug: str) -> int | None:
        """The version of a published paper that a start takes now; it changes, so what is remembered is a guess."""
        rows = run(_NEWEST, [(slug,)])
        return self.guesses.put(slug, int(rows[0][0])) if rows else None

    def guess(self, slug: str) -> Pattern | None:
        """What a start at this address took last; the writer has to see whether that is still so."""
        return self.patterns.get(self.guesses.get(slug) or 0)


class Shared:
    """What the routes of one app share: the lane, its memory, pages, and threads for those it can't build itself."""

    def __init__(self, lane: Lane) -> None:
        self.lane, self.memory, self.rooms = lane, Memory(), KeptPages()
        self.threads = ThreadPoolExecutor(2, "lane-pages")
        self._under_way: dict[tuple[int, Hashable], asyncio.Task[Any]] = {}

    async def once(self, key: Hashable, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """What `work` gives; who asks for the same while it is under way gets that of the first. A school that presses
        Start in one moment would else have a test read from the database a thousand times."""
        here = id(asyncio.get_running_loop()), key
        task: asyncio.Task[T] | None = self._under_way.get(here)
        if task is None:
            task = self._under_way[here] = asyncio.ensure_future(work())
            task.add_done_callback(lambda _: self._under_way.pop(here, None))
        return await asyncio.shield(task)  # who asked first may go away, and the others still wait

    def close(self) -> None:
        """Write what waits, then end."""
        self.lane.close()
        self.threads.shutdown()


def shared(request: Request) -> Shared:
    """What this app's lane shares."""
    found: Shared = request.app.state.lane
    return found
