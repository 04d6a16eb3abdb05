"""Accepted answers with wildcards: `*` stands for any run of characters, `?` for one; a backslash takes that away."""

from collections.abc import Iterator

RUN, ONE = "*", "?"


def matches(pattern: str, text: str) -> bool:
    """Whether the whole text is of the pattern's form.

    All ways to match are followed at once, as bits of one number: a pattern full of stars takes no longer, where
    trying one way after the other would take for ever.
    """
    signs, stays = _compiled(pattern)
    anything = sum(1 << place for place, (sign, escaped) in enumerate(signs) if sign == ONE and not escaped)
    takes: dict[str, int] = {}
    for place, (sign, escaped) in enumerate(signs):
        if escaped or sign != ONE:
            takes[sign] = takes.get(sign, 0) | 1 << place
    reached = 1
    for character in text:
        reached = (reached & (takes.get(character, 0) | anything)) << 1 | (reached & stays)
    return bool(reached >> len(signs) & 1)


def takes_anything(pattern: str) -> bool:
    """Is the pattern nothing but stars, so that every text matches?"""
    signs, stays = _compiled(pattern.strip())
    return not signs and bool(stays)


def _compiled(pattern: str) -> tuple[list[tuple[str, bool]], int]:
    """The signs to be matched one by one, and the places at which a run may stand, as bits."""
    signs: list[tuple[str, bool]] = []
    stays = 0
    for sign, escaped in _signs(pattern):
        if sign == RUN and not escaped:
            stays |= 1 << len(signs)
        else:
            signs.append((sign, escaped))
    return signs, stays


def _signs(pattern: str) -> Iterator[tuple[str, bool]]:
    """Each sign, and whether it is meant as it stands: a backslash goes before `*`, `?` and itself."""
    escaped = False
    for sign in pattern:
        if escaped and sign not in (RUN, ONE, "\\"):
            yield "\\", True
        if sign == "\\" and not escaped:
            escaped = True
            continue
        yield sign, escaped
        escaped = False
    if escaped:
        yield "\\", True
