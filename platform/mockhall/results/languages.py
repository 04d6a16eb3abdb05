"""What a question of the review says in each of its languages, as far as it may be read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mockhall.attempts import spoken
from mockhall.exam.kinds import Kind
from mockhall.exam.shuffle import letters


@dataclass(frozen=True)
class SaidOption:
    """A choice in one language, with why it is right or wrong where that may be read."""

    letter: str
    text: str
    why: str


@dataclass(frozen=True)
class Translated:
    """A question in another of its languages; of its choices those with a letter."""

    language: str
    stem: str
    passage: str
    options: Sequence[SaidOption]
    solution: str

    @property
    def lang(self) -> dict[str, str]:
        """The same attribute as of the question."""
        return lang_of(self.language)


def lang_of(language: str) -> dict[str, str]:
    """The attribute that says which language a text is in, where it is not the page's; for xmlattr."""
    return {} if language == spoken.ORIGINAL else {"lang": language}


@dataclass(frozen=True)
class InOne:
    """What a question and its explanations say in one language."""

    text: spoken.Said
    solution: str
    kind: Kind
    why: Mapping[str, str] = field(default_factory=dict)

    def translated(self, order: Sequence[str]) -> Translated:
        """The same for the page, choices in the attempt's order."""
        texts = {each["id"]: each["text"] for each in self.text.options} if self.kind.has_options else {}
        shown = [
            SaidOption(letter, texts[each], self.why.get(each, ""))
            for each, letter in (letters(order).items() if texts else ())
        ]
        return Translated(self.text.language, self.text.stem, self.text.passage, shown, self.solution)


def in_its_languages(row: Any, kind: Kind, language: str, languages: Sequence[str], why_of: set[str]) -> list[InOne]:
    """The attempt's language first, or the original where the question is not translated into it.

    `why_of` are the options whose explanations may be read."""
    original = spoken.Said(spoken.ORIGINAL, row.stem, row.options, row.passage)
    translations = spoken.offered(row.translations or {}, languages)
    first = language if language in translations else spoken.ORIGINAL
    others = [each for each in (spoken.ORIGINAL, *translations) if each != first]
    solutions = {spoken.ORIGINAL: row.solution} | {
        each: row.solution_translations[each] for each in row.solution_translations or ()
    }
    return [
        InOne(
            spoken.said_in(each, original, translations), solutions.get(each) or row.solution or "", kind,
            _why(row.option_solutions or {}, each, why_of),
        )
        for each in (first, *others)
    ]  # fmt: skip


def _why(said: Mapping[str, Mapping[str, str]], language: str, options: set[str]) -> dict[str, str]:
    """By option; what is not translated is said in the original."""
    whole = {**said.get(spoken.ORIGINAL, {}), **said.get(language, {})}
    return {option: text for option, text in whole.items() if option in options}
