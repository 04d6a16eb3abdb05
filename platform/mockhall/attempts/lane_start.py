"""Many starts in one transaction: who presses, what runs already, whether the paper lets them, all rows at once."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import accumulate

from mockhall.attempts import lane_start_sql as sql
from mockhall.attempts.beginning import Beginning, Pattern, Row, begin, deadline_of
from mockhall.attempts.facts import Facts
from mockhall.attempts.lane_people import Candidate, barred, whoever_presses
from mockhall.attempts.lane_rows import Packed, option_json
from mockhall.attempts.lane_sql import Run, instant, listed, stamp
from mockhall.attempts.lane_terms import Taken, refusal, taken, terms
from mockhall.exam import clock
from mockhall.exam.clock import Phase
from mockhall.exam.entry import Ask
from mockhall.exam.terms import Terms
from mockhall.papers.models import PaperVersion
from mockhall.web.codes import new_code, token_hash
from mockhall.web.errors import Refused


@dataclass(frozen=True, slots=True)
class Start:
    """One press of Start. `guests` is how many new ones an address may bring in ten minutes.

    `settled`: the attempt whose time was over and that was settled; if it still runs, it can still be handed in.
    `blocked`: why no new attempt can begin, for instance because the bank has too few questions to draw."""

    token: str
    slug: str
    pattern: Pattern
    name: str
    address: str
    guests: int
    now: datetime
    grace: timedelta
    settled: str = ""
    language: str = ""  # wanted for the questions; one the test doesn't offer is its first
    roll: str = ""
    code: str = field(default_factory=lambda: new_code(16))
    blocked: Refused | None = None
    packed: Packed | None = None  # the responses, where they could be worked out before

    most = 32
    """Half of a busy room is answered while the other half is written."""
    cuts = True

    @property
    def key(self) -> Hashable:
        return token_hash(self.token) if self.token else self.code

    @property
    def version(self) -> PaperVersion:
        return self.pattern.layout.version

    @staticmethod
    def write(run: Run, jobs: Sequence["Start"]) -> list["Started | Again | Refused"]:
        """Start those that may, return to what runs, and refuse the others, each with its reason."""
        asked = {(job.version.id or 0, job.slug) for job in jobs}
        current = {(version, slug): own for version, slug, own in run(sql.CURRENT, sorted(asked))}
        places = [place for place, job in enumerate(jobs) if (job.version.id, job.slug) in current]
        otherwise = {version for (version, _), own in current.items() if own}
        written = _write(run, [jobs[place] for place in places], otherwise) if places else []
        begun = dict(zip(places, written, strict=True))
        return [begun.get(place, Again(is_stale=True)) for place in range(len(jobs))]


def _write(run: Run, jobs: Sequence[Start], otherwise: Collection[int]) -> list["Started | Again | Refused"]:
    people = whoever_presses(run, jobs)
    outcomes: dict[int, Started | Again | Refused] = {}
    who = {place: found for place, found in people.items() if isinstance(found, Candidate)}
    outcomes |= {place: found for place, found in people.items() if isinstance(found, Refused)}
    outcomes |= _running(run, jobs, who)
    begun, kept_out, held = taken(run, jobs, who), barred(run, jobs, who), terms(run, jobs, who, otherwise)
    for place in who.keys() - outcomes.keys():
        why = kept_out.get(place) or refusal(jobs[place], who[place], begun.get(place, Taken()), held[place])
        outcomes |= {place: why} if why else {}
    new = {place: found for place, found in who.items() if place not in outcomes}
    outcomes |= _begin(run, jobs, new, held)
    return [outcomes[place] for place in range(len(jobs))]


@dataclass(frozen=True, slots=True)
class Started:
    """The attempt one is in; `token` a cookie to give to a new guest, `facts` known only of a new attempt."""

    code: str
    is_new: bool
    deadline_at: datetime | None
    questions: int
    token: str = ""
    facts: Facts | None = None


@dataclass(frozen=True, slots=True)
class Again:
    """To be asked for once more: after closing the attempt `due`, because the person's other press was first, or, as
    `is_stale` says, because the test was published anew, or withdrawn, since we looked."""

    due: str = ""
    is_stale: bool = False


# ---------------------------------------------------------------- whether


def _running(run: Run, jobs: Sequence[Start], who: dict[int, Candidate]) -> dict[int, "Started | Again | Refused"]:
    """Attempts of these papers that these people have not finished."""
    rows = [(place, _running_key(jobs[place], each)) for place, each in who.items() if not each.token]
    found: dict[int, Started | Again | Refused] = {}
    for place, code, deadline, questions in run(sql.RUNNING, rows) if rows else ():
        deadline_at = instant(deadline)
        is_due = clock.phase(jobs[place].now, deadline_at, jobs[place].grace) is Phase.OVER
        wait = is_due and code != jobs[place].settled
        found[place] = Again(code) if wait else Started(code, False, deadline_at, questions)
    return found


def _running_key(job: Start, person: Candidate) -> str:
    return f"{person.id}:{job.version.paper_id}"


# ---------------------------------------------------------------- the rows


def _begin(
    run: Run, jobs: Sequence[Start], who: dict[int, Candidate], terms: Mapping[int, Terms]
) -> dict[int, "Started | Again | Refused"]:
    """New attempts with all their responses; where the same person has just begun one elsewhere, none."""
    if not who:
        return {}
    begun = {place: _begun(jobs[place], person, terms[place]) for place, person in who.items()}
    run(sql.NEW_ATTEMPTS, [_attempt(jobs[place], person, begun[place]) for place, person in who.items()])
    ids: dict[str, int] = dict(listed(run, sql.ATTEMPTS, [(jobs[place].code,) for place in who]))
    mine = {place: ids[jobs[place].code] for place in who if jobs[place].code in ids}
    if free := [(attempt, each) for place, attempt in mine.items() if (each := jobs[place].packed)]:
        run(sql.FREE_RESPONSES, _free(free), "".join([each.rows for _, each in free]))
    if responses := [_response(attempt, row) for place, attempt in mine.items() for row in begun[place].rows]:
        run(sql.NEW_RESPONSES, responses)
    if parts := [row for place, attempt in mine.items() for row in _sections(attempt, begun[place])]:
        run(sql.NEW_SECTIONS, parts)
    return {
        place: _started(jobs[place], person, begun[place], mine[place]) if place in mine else Again()
        for place, person in who.items()
    }


def _free(packed: Sequence[tuple[int, Packed]]) -> list[sql.Row]:
    """Where each attempt's responses stand in the text of all."""
    ends = accumulate(len(each.rows) for _, each in packed)
    return [
        (attempt, len(each.versions), each.width, end - len(each.rows) + 1)
        for (attempt, each), end in zip(packed, ends, strict=True)
    ]


def _begun(job: Start, person: Candidate, terms: Terms) -> Beginning:
    if job.packed:
        return Beginning(deadline_of(job.pattern, job.now, person.time_factor, terms))
    return begin(job.pattern, job.code, job.now, person.time_factor, terms)


def _started(job: Start, person: Candidate, begun: Beginning, attempt: int) -> Started:
    versions = job.packed.versions if job.packed else tuple(row.question_version_id for row in begun.rows)
    facts = Facts(attempt, _is_strict(job), versions)
    return Started(job.code, True, begun.deadline_at, len(versions), person.token, facts)


def _is_strict(job: Start) -> bool:
    return job.version.save_policy == "strict_cbt"


def _attempt(job: Start, person: Candidate, begun: Beginning) -> sql.Row:
    return (
        job.code, job.version.paper_id, job.version.id, person.id, _running_key(job, person), job.name or person.name,
        person.is_staff, stamp(job.now), stamp(begun.deadline_at), _is_strict(job), _language(job), begun.section,
        _roll(job),
    )  # fmt: skip


def _roll(job: Start) -> str:
    return "" if job.version.ask_roll == Ask.NO else job.roll


def _language(job: Start) -> str:
    offered = job.version.languages
    return job.language if job.language in offered else offered[0]


def _response(attempt: int, row: Row) -> sql.Row:
    stand = row.stand
    return (
        attempt, row.number, row.section, row.question_version_id, option_json(row.option_order), row.number == 1,
        stand.locked, stamp(stand.opened_at), stamp(stand.closes_at),
    )  # fmt: skip


def _sections(attempt: int, begun: Beginning) -> list[sql.Row]:
    return [
        (attempt, part.position, place, stamp(part.entered_at), stamp(part.closes_at))
        for place, part in enumerate(begun.parts, 1)
    ]
