"""Two texts word by word: both can be read from the pieces, small changes stay small, and time is bounded."""

import random
import time

import pytest

from mockhall.bank.worded import Mark, Piece, compared, folded


def told(old: str, new: str) -> str:
    signs = {Mark.SAME: "{}", Mark.OUT: "[-{}-]", Mark.IN: "[+{}+]", Mark.FOLDED: "<{}>"}
    return "".join(signs[piece.mark].format(piece.text) for piece in compared(old, new))


def both(pieces: list[Piece]) -> tuple[str, str]:
    old = "".join(piece.text for piece in pieces if piece.mark != Mark.IN)
    return old, "".join(piece.text for piece in pieces if piece.mark != Mark.OUT)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", ""),
        ("the same", "the same", "the same"),
        ("", "new", "[+new+]"),
        ("gone", "", "[-gone-]"),
        ("What does it print?", "What does it return?", "What does it [-print-][+return+]?"),
        ("One. Two is here. Three.", "One. Two was here. Three.", "One. Two [-is-][+was+] here. Three."),
        ("a = 1\nb = 2\n", "a = 1\nb = 3\n", "a = 1\nb = [-2-][+3+]\n"),
        ("पढ़ें और लिखें", "पढ़ें या लिखें", "पढ़ें [-और-][+या+] लिखें"),
        ("It just began.", "It has not yet begun.", "It [-just began-][+has not yet begun+]."),
        ("It began. So?", "It began and went on. So?", "It began[+ and went on+]. So?"),
    ],
)
def test_what_changed_is_marked_and_nothing_else(old: str, new: str, expected: str) -> None:
    assert told(old, new) == expected


def test_both_texts_can_be_read_from_the_pieces_whatever_they_are() -> None:
    chance = random.Random(7)
    for _ in range(300):
        old, new = ("".join(chance.choices("ab .\n;", k=chance.randrange(40))) for _ in range(2))
        pieces = compared(old, new)
        assert both(pieces) == (old, new)
        assert all(piece.text for piece in pieces)


WORDS = " ".join(f"w{n % 997}" for n in range(17_000))  # a hundred thousand letters on one line
LONG = {
    "one letter": ("a" * 100_000, "b" * 100_000),
    "one word": ("a " * 50_000, "b a " * 25_000),
    "lines": ("\n" * 100_000, "\n \n" * 33_000),
    "full stops": (". " * 50_000, ".; " * 33_000),
    "words in another order": (WORDS, " ".join(reversed(WORDS.split()))),
    "every other word": (WORDS, " ".join(word if n % 2 else "x" for n, word in enumerate(WORDS.split()))),
    "every other line": ("ab cd\n" * 16_000, "ab ce\nab cd\n" * 8_000),
}


@pytest.mark.parametrize("name", LONG)
def test_a_hundred_thousand_letters_take_a_moment(name: str) -> None:
    old, new = LONG[name]
    began = time.monotonic()
    assert both(compared(old, new)) == (old, new)
    assert time.monotonic() - began < 3


def test_a_word_mended_in_a_long_text_is_the_only_mark() -> None:
    mended = WORDS.replace("w500 w501", "w500 mended w501", 1)
    assert [piece.mark for piece in compared(WORDS, mended)] == [Mark.SAME, Mark.IN, Mark.SAME]
    shown = folded(compared(WORDS, mended))
    assert [piece.mark for piece in shown] == [Mark.FOLDED, Mark.SAME, Mark.IN, Mark.SAME, Mark.FOLDED]
    assert sum(len(piece.text) for piece in shown) < 500


def test_what_is_short_or_all_there_is_stays_whole() -> None:
    assert folded(compared("short and kept", "short and well kept")) == compared(
        "short and kept", "short and well kept"
    )
    assert folded(compared(WORDS, WORDS)) == [Piece(Mark.SAME, WORDS)]
