"""A question in the languages it has: one's text in place of the original's, option ids as they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

ORIGINAL = "en"


@dataclass(frozen=True)
class Said:
    """What a question says in one language."""

    language: str
    stem: str
    options: Sequence[Mapping[str, Any]]
    passage: str = ""


def offered(translations: Mapping[str, Any], languages: Sequence[str]) -> dict[str, Any]:
    """The translations of a question that its test offers, in the test's order."""
    return {each: translations[each] for each in languages if translations.get(each, {}).get("stem")}


def said_in(language: str, original: Said, translations: Mapping[str, Any]) -> Said:
    """The question in this language; what is not translated stays as it was."""
    text = translations.get(language)
    if language == ORIGINAL or not text:
        return original
    texts = text.get("options", {})
    return Said(
        language,
        text.get("stem") or original.stem,
        [_option(each, texts) for each in original.options],
        text.get("passage") or original.passage,
    )


def _option(option: Mapping[str, Any], texts: Mapping[str, str]) -> dict[str, Any]:
    """An option, or a gap with its choices, under the same ids."""
    found = dict(option)
    if "text" in option:
        found["text"] = texts.get(option["id"]) or option["text"]
    if "choices" in option:
        found["choices"] = [_option(each, texts) for each in option["choices"]]
    return found
