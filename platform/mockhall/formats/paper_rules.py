"""The rules in paper.yaml of how a test and its sections are sat: order, own times, draws, saving, what is asked."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from mockhall.exam import draws
from mockhall.exam.draws import Draw
from mockhall.exam.errors import RuleError
from mockhall.exam.exact import parse_exact
from mockhall.exam.kinds import Difficulty
from mockhall.exam.optional import Choose
from mockhall.exam.time_up import TimeUp
from mockhall.formats.fields import Fields
from mockhall.formats.problems import listed, quoted, suggestion
from mockhall.formats.tree import Items, Node, Table
from mockhall.formats.values import DrawValue, PaperRules, SectionRules

PAPER_NAMES = (
    "shuffle_sections", "save_policy", "time_up", "window_minutes", "hard_close", "certainty", "calculator", "practice",
    "ask_name", "ask_roll", "access", "code", "wait_minutes", "languages", "floor",
)  # fmt: skip
SECTION_NAMES = ("one_way", "minutes", "question_seconds", "choose", "draws", "floor")
LANGUAGES = ("en", "hi")
POLICIES = ("auto", "strict_cbt")
ASKED = ("no", "optional", "required")
ACCESS = ("public", "sign-in")  # cohorts are a site's own, so a file can't name them
LONGEST_MINUTES, LONGEST_SECONDS = 10_000, 36_000


def read_paper_rules(fields: Fields) -> PaperRules:
    """What a test says besides its marking and its times, with the usual where it says nothing."""
    rules = PaperRules(
        shuffle_sections=fields.flag("shuffle_sections", default=False),
        save_policy=_word(fields, "save_policy", POLICIES, "auto"),
        time_up=_word(fields, "time_up", list(TimeUp), TimeUp.SUBMIT),
        window_minutes=_within(fields, "window_minutes", LONGEST_MINUTES),
        hard_close=fields.flag("hard_close", default=False),
        certainty=fields.flag("certainty", default=False),
        calculator=fields.flag("calculator", default=False),
        practice=fields.flag("practice", default=False),
        ask_name=_word(fields, "ask_name", ASKED, "optional"),
        ask_roll=_word(fields, "ask_roll", ASKED, "no"),
        access=_word(fields, "access", ACCESS, "public").replace("-", "_"),
        access_code=fields.text("code", 40),
        wait_minutes=_within(fields, "wait_minutes", 1_000_000),
        languages=_languages(fields),
        floor=_floor(fields),
    )
    _check_time_up(fields, rules)
    if rules.certainty and rules.save_policy == "strict_cbt":
        fields.report.error(fields.line("certainty"), "`certainty:` and `save_policy: strict_cbt` don't go together.")
    return rules


def _word(fields: Fields, name: str, allowed: Sequence[str], usual: str) -> str:
    return fields.choice(name, allowed) if fields.node(name) is not None else usual


def _within(fields: Fields, name: str, most: int) -> int | None:
    number = fields.whole(name)
    if number is not None and number > most:
        fields.report.error(fields.line(name), f"`{name}:` is at most {most:,}.")
        return None
    return number


def _floor(fields: Fields) -> Fraction | None:
    """The lowest total, 0 or below."""
    text = fields.text("floor", 40)
    if not text:
        return None
    try:
        floor = parse_exact(text, "floor")
    except RuleError as error:
        fields.report.error(fields.line("floor"), f"`floor:` {error.text}")
        return None
    if floor > 0:
        fields.report.error(fields.line("floor"), "`floor:` is the lowest total there can be: 0 or below.")
    return floor


def _languages(fields: Fields) -> tuple[str, ...]:
    words = fields.scalars("languages")
    for word in words:
        if word.text not in LANGUAGES:
            said = f"{quoted(word.text)} is no language of ours: {listed(LANGUAGES)}.{suggestion(word.text, LANGUAGES)}"
            fields.report.error(word.line, said)
    return tuple(dict.fromkeys(word.text for word in words)) or ("en",)


def _check_time_up(fields: Fields, rules: PaperRules) -> None:
    has_window = fields.node("window_minutes") is not None
    if (rules.time_up == TimeUp.WINDOW) != has_window:
        line = fields.line("window_minutes" if has_window else "time_up")
        fields.report.error(line, "`time_up: window` and `window_minutes:` belong together. Write both or neither.")


# ---------------------------------------------------------------- sections


def read_section_rules(fields: Fields, questions: int) -> tuple[SectionRules, tuple[DrawValue, ...]]:
    """What a section says besides its questions, of which it names so many itself."""
    found = _draws(fields)
    shortest, longest = _minutes(fields)
    choose, k = _choose(fields, questions + sum(each.draw.count for each in found))
    rules = SectionRules(
        one_way=fields.flag("one_way", default=False),
        minutes_min=shortest,
        minutes_max=longest,
        question_seconds=_within(fields, "question_seconds", LONGEST_SECONDS),
        choose=choose,
        choose_k=k,
        floor=_floor(fields),
    )
    return rules, found


def _minutes(fields: Fields) -> tuple[int | None, int | None]:
    inner = _block(fields, "minutes", ("min", "max"), "`minutes:` of a section is `{min: 5, max: 20}`, or one of them.")
    if inner is None:
        return None, None
    shortest, longest = _within(inner, "min", LONGEST_MINUTES), _within(inner, "max", LONGEST_MINUTES)
    if shortest is not None and longest is not None and shortest > longest:
        fields.report.error(inner.line("min"), f"`min:` {shortest} is more than `max:` {longest}. Mend one of them.")
    return shortest, longest


def _choose(fields: Fields, questions: int) -> tuple[str, int | None]:
    inner = _block(fields, "choose", list(Choose), "`choose:` is `{best: 5}` or `{first: 5}`.")
    if inner is None:
        return "", None
    named = [rule for rule in Choose if inner.node(rule) is not None]
    if len(named) != 1:
        fields.report.error(fields.line("choose"), "`choose:` is `{best: 5}` or `{first: 5}`, one of the two.")
        return "", None
    k = _within(inner, named[0], draws.MOST)
    if k is not None and k > questions:
        said = f"`choose:` asks for {k} of {questions} questions. Ask for fewer, or add some."
        fields.report.error(inner.line(named[0]), said)
    return str(named[0]), k


def _draws(fields: Fields) -> tuple[DrawValue, ...]:
    node = fields.node("draws")
    if node is None:
        return ()
    if not isinstance(node, Items):
        fields.report.error(node.line, "`draws:` is a list of blocks beginning with `- count:`.")
        return ()
    return tuple(each for item in node.items if (each := _draw(fields, item)))


def _draw(fields: Fields, node: Node) -> DrawValue | None:
    if not isinstance(node, Table):
        fields.report.error(node.line, "A draw is `{count: 5, topic: Joins}`, with `difficulty:` or `tag:` if wanted.")
        return None
    inner = Fields(node, fields.report, ("count", "topic", "difficulty", "tag"))
    inner.need("count")
    count = inner.whole("count")
    draw = Draw(
        count or 1, inner.text("topic", 120), _word(inner, "difficulty", list(Difficulty), ""), inner.text("tag", 60)
    )
    try:
        draws.check_count(draw.count)
    except RuleError as error:
        fields.report.error(inner.line("count"), error.text)
        return None
    return DrawValue(draw, fields.report.file, node.line)


def _block(fields: Fields, name: str, known: Sequence[str], said: str) -> Fields | None:
    node = fields.node(name)
    if node is None:
        return None
    if isinstance(node, Table) and node.pairs:
        return Fields(node, fields.report, known)
    fields.report.error(node.line, said)
    return None
