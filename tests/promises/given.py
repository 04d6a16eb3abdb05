"""What the machine is given: answers as pages make them, and the pages themselves."""

from typing import Any

from hypothesis import strategies as st

from tests.promises.model import Save

TOTAL = 5
CHOICE, TYPED = (1, 2, 5), (3, 4)
NUMBERS = st.integers(1, TOTAL)
OFTEN_ONE = st.sampled_from([1, 1, 1, 1, 3, 2, 4, 5])
OPTIONS = st.sampled_from(["o1", "o2", "o3", "o4"])
ANSWERS = {
    1: st.lists(OPTIONS, max_size=1), 2: st.lists(OPTIONS, max_size=4, unique=True), 5: st.lists(OPTIONS, max_size=1),
    3: st.sampled_from(["", "42", "41", "-2,5", " 7 "]), 4: st.sampled_from(["", "gather", "wait", "नमस्ते"]),
}  # fmt: skip
TURNS = st.one_of(
    st.sampled_from(["", "next", "mark_next", "back", "clear", "review"]), NUMBERS.map(lambda number: f"goto:{number}")
)


@st.composite
def answers(draw: Any) -> dict[str, Any]:
    """Number, answer, mark and the rest of what a page knows of a question; most are of one, where saves meet."""
    number = draw(OFTEN_ONE)
    answer = draw(ANSWERS[number])
    given = {"choice": tuple(answer)} if number in CHOICE else {"text": answer}
    opened = draw(st.lists(st.integers(0, TOTAL + 2), max_size=2))
    return {
        "number": number, "marked": draw(st.booleans()), "then": draw(TURNS), "visited": tuple(opened),
        "certainty": draw(st.sampled_from([0, 0, 0, 1, 3])), "active_ms": draw(st.sampled_from([0, 0, 500, 9000])),
    } | given  # fmt: skip


class Page:
    """One load of the room on one device: what it has counted and what it last heard from the server."""

    def __init__(self, tab: str, stored: dict[int, int]) -> None:
        self.tab, self.bases, self.seqs = tab, dict(stored), dict(stored)

    def save(self, given: dict[str, Any], steps: int = 1) -> Save:
        """Its next save; `steps` above 1 where it has counted saves that nobody ever got."""
        number = given["number"]
        self.seqs[number] += steps
        return Save(**given, seq=self.seqs[number], tab=self.tab, base=self.bases[number])

    def hear(self, number: int, seq: int) -> None:
        self.bases[number], self.seqs[number] = seq, max(seq, self.seqs[number])
