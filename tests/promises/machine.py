"""The state machine: two devices, a plain form and the desk work on one attempt; the model says what must be kept."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, precondition, rule
from sqlmodel import col, select

from mockhall import startup
from mockhall.accounts.models import Person
from mockhall.accounts.sessions import open_session
from mockhall.attempts.models import Attempt, Response
from mockhall.bank.models import Question, QuestionVersion
from mockhall.exam.marking import format_marks
from tests.bank.desk_of import form_of
from tests.promises.given import CHOICE, NUMBERS, Page, answers
from tests.promises.model import Model, Save
from tests.promises.reach import Browser, Html, Reach

SLUGS, MINUTES = ("mock-1", "strict-1"), 30


class Room(RuleBasedStateMachine):
    """Any order of steps; after each one, what is stored is what the model says."""

    reach: Reach  # set by the test: one database for all examples
    tara: Person
    sita: Person
    saves = Bundle("saves")

    @initialize(slug=st.sampled_from(SLUGS))
    def start(self, slug: str) -> None:
        """A plain paper, or a strict one."""
        self.guest = self.reach.browser()
        reply = self.guest.post(f"/papers/{slug}/attempts")
        assert reply.status_code == 201, reply.text
        self.code = reply.json()["code"]
        ends = self.now + timedelta(minutes=MINUTES)
        self.model = Model(ends, reply.json()["questions"], is_strict=slug == "strict-1")
        self.keys = self._keys()
        self.loads = 0
        self.pages = [self._load(), self._load()]

    @property
    def now(self) -> datetime:
        return self.reach.clock.at

    def _load(self) -> Page:
        self.loads += 1
        return Page(f"{self.code[:6]}{self.loads}", {number: each.seq for number, each in self.model.kept.items()})

    # ------------------------------------------------------------ on the devices

    @rule(target=saves, given=answers(), device=st.integers(0, 1))
    def answer(self, given: dict[str, Any], device: int) -> tuple[Save, Page | None]:
        """A page makes a save; the network delivers it whenever and as often as it likes."""
        page = self.pages[device]
        return page.save(given), page

    @rule(target=saves, given=answers(), device=st.integers(0, 1), steps=st.integers(1, 3), is_heard=st.booleans())
    def answer_at_once(
        self, given: dict[str, Any], device: int, steps: int, is_heard: bool
    ) -> tuple[Save, Page | None]:
        """The usual case, and a page that has long been without the network; the save may come again later."""
        page = self.pages[device]
        save = page.save(given, steps)
        self._send(save, page, is_heard)
        return save, page

    @rule(target=saves, given=answers(), behind=st.integers(0, 1), knows=st.booleans())
    def press(self, given: dict[str, Any], behind: int, knows: bool) -> tuple[Save, Page | None]:
        """A plain form, of this moment or with the `base` of a while ago; an old script may send none."""
        base = max(0, self.model.kept[given["number"]].seq - behind)
        return Save(**given, base=base if knows else None), None

    @rule(device=st.integers(0, 1))
    def reload(self, device: int) -> None:
        self.pages[device] = self._load()

    # ------------------------------------------------------------ on the way

    @rule(made=saves, is_heard=st.booleans())
    def deliver(self, made: tuple[Save, Page | None], is_heard: bool) -> None:
        """The save arrives; the reply may get lost."""
        self._send(*made, is_heard)

    @rule(made=consumes(saves))
    def deliver_twice(self, made: tuple[Save, Page | None]) -> None:
        self._send(*made, False)
        self._send(*made, True)

    def _send(self, save: Save, page: Page | None, is_heard: bool) -> None:
        expected = self.model.save(save, self.now)
        reply = self.guest.post(f"/attempts/{self.code}/responses/{save.number}", save.fields)
        assert reply.status_code == expected, (save, reply.text)
        assert reply.json()["saved"] is (expected == 200)
        if page and is_heard and "seq" in reply.json():
            page.hear(save.number, reply.json()["seq"])

    @precondition(lambda self: self.model.is_open and self.now <= self.model.deadline)
    @rule(number=NUMBERS, field=st.sampled_from(["choice", "text", "seq", "marked", "certainty"]))
    def send_nonsense(self, number: int, field: str) -> None:
        reply = self.guest.post(f"/attempts/{self.code}/responses/{number}", {field: "\u2603 nonsense" * 300})
        assert reply.status_code == 422, reply.text

    # ------------------------------------------------------------ time and the end

    @rule(span=st.sampled_from([timedelta(seconds=3), timedelta(minutes=4), timedelta(minutes=13)]))
    def wait(self, span: timedelta) -> None:
        self.reach.clock.at += span

    @precondition(lambda self: self.now <= self.model.deadline)
    @rule(late=st.sampled_from([-1, 0, 2, 5, 6]))
    def expire(self, late: int) -> None:
        """To around the deadline: before it, at it, within the grace, at its end, past it."""
        self.reach.clock.at = max(self.now, self.model.deadline + timedelta(seconds=late))

    @precondition(lambda self: self.model.is_open and self.now <= self.model.deadline)
    @rule(minutes=st.sampled_from([1, 20]))
    def extend(self, minutes: int) -> None:
        """Staff give time to an attempt that runs."""
        self.model.deadline += timedelta(minutes=minutes)
        desk = self._as(self.sita)
        form = {"minutes": str(minutes), "reason": "Power cut"}
        reply = desk.post(f"/desk/attempts/{self.code}/time", form, {"Accept": "text/html"})
        assert reply.status_code == 303, reply.text

    @rule()
    def submit(self) -> None:
        is_closed = self.model.submit(self.now)
        reply = self.guest.post(f"/attempts/{self.code}/submission")
        assert (reply.status_code, reply.json()["closed"]) == (200, is_closed), reply.text

    @rule()
    def look(self) -> None:
        """Over HTTP: the room, and once it is closed the score."""
        self.model.look(self.now)
        found = self.guest.get(f"/attempts/{self.code}").json()
        assert found["state"] == ("in_progress" if self.model.is_open else "scored")
        shown = {each["number"]: each for section in found["sections"] for each in section["questions"]}
        for number, kept in self.model.kept.items():
            told = shown[number]
            assert (tuple(told["choice"]), told["text"], told["marked"]) == kept.value[:3]
            assert (told["answered"], told["visited"], told["seq"]) == (kept.answered, kept.visited, kept.seq)
        self._check_score()

    def _check_score(self) -> None:
        if not self.model.is_open:
            told = self.guest.get(f"/attempts/{self.code}/result").json()
            assert told["score"] == format_marks(self.model.score(self.keys))
            lost = format_marks(self.model.lost(self.keys)) if self.model.is_strict else None
            assert told["unsaved_marks"] == lost

    @rule()
    def sweep(self) -> None:
        self.model.look(self.now)
        state = self.reach.site.app.state
        startup.sweep(state.settings, state.database, state.on_close, self.now)

    # ------------------------------------------------------------ meanwhile

    def _as(self, person: Person) -> Browser:
        with self.reach.site.writing() as db:
            return self.reach.browser(open_session(db, person, self.now))

    @rule(number=st.sampled_from(CHOICE), changes_key=st.booleans())
    def edit_at_the_desk(self, number: int, changes_key: bool) -> None:
        """Tara rewrites the question; who has started keeps the one they started with."""
        with self.reach.site.reading() as db:
            code = db.exec(
                select(Question.code).join(QuestionVersion).join(Response).join(Attempt)
                .where(Attempt.code == self.code, Response.number == number)
            ).one()  # fmt: skip
        desk: Any = Html(self._as(self.tara))
        form = form_of(desk, code)
        key = {"key": "o3"} if changes_key else {"option_text": [f"{text}!" for text in form["option_text"]]}
        kind = "multiple" if number == 2 else "single"
        stem = f"Edited {self.now:%H:%M:%S}, {changes_key}?"
        reply = desk.post(f"/desk/questions/{code}", form | {"kind": kind, "stem": stem, "full": "", **key})
        assert reply.status_code == 303, reply.text

    @rule()
    def restart(self) -> None:
        """What fell due is closed by the start itself, before anybody looks."""
        self.model.look(self.now)
        self.reach.restart()

    # ------------------------------------------------------------ what must be so

    @invariant()
    def what_is_stored_is_what_the_model_says(self) -> None:
        if hasattr(self, "model"):
            stored, most = {row.number: row for row in self._rows()}, self._longest()
            for number, kept in self.model.kept.items():
                row = stored[number]
                assert (tuple(row.choice), row.text, row.marked, row.certainty) == kept.value, number
                assert (row.seq, row.tab, row.active_ms) == (kept.seq, kept.tab, min(kept.active_ms, most)), number
                assert (row.answered, row.visited) == (kept.answered, kept.visited), number
                logged = (tuple(row.unsaved["choice"]), row.unsaved["text"]) if row.unsaved else None
                assert logged == kept.unsaved, number

    def _rows(self) -> Iterator[Response]:
        with self.reach.site.reading() as db:
            query = select(Response).join(Attempt, col(Attempt.id) == col(Response.attempt_id))
            yield from db.exec(query.where(Attempt.code == self.code))

    def _longest(self) -> int:
        """Milliseconds to which marking holds measured times; a day while nothing is marked."""
        with self.reach.site.reading() as db:
            attempt = db.exec(select(Attempt).where(Attempt.code == self.code)).one()
        ends = attempt.finished_at or attempt.started_at + timedelta(days=1)
        return int((ends - attempt.started_at) / timedelta(milliseconds=1))

    def _keys(self) -> dict[int, tuple[tuple[str, ...], str]]:
        """The right answers as they are at the start."""
        with self.reach.site.reading() as db:
            query = select(Response.number, QuestionVersion.key).join(QuestionVersion).join(Attempt)
            found = db.exec(query.where(Attempt.code == self.code)).all()
        return {
            number: (tuple(sorted(key.get("options", ()))), key.get("value", "") or "".join(key.get("answers", ())))
            for number, key in found
        }

    def teardown(self) -> None:
        """Time passes, and the attempt is as the model says to its end."""
        if hasattr(self, "model"):
            self.reach.clock.forward(hours=2)
            self.look()
