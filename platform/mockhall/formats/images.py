"""Pictures of questions: `![A falling curve](images/curve.png)` in any text, and the file in `images/`."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from mockhall.formats.problems import Problem, Report, printable, suggestion
from mockhall.formats.values import ImageValue, Json, QuestionValue

FOLDER = "images"
LARGEST = 512 * 1024
KINDS = {"png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff", "gif": b"GIF8", "webp": b"RIFF"}
NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\.(png|jpg|gif|webp)")
USED = re.compile(r"!\[([^\[\]\n]*)\]\(images/([^()\s]*)\)")

Read = Mapping[str, ImageValue]


@dataclass(frozen=True)
class Pictures:
    """The pictures of a paper's folder, by file name, and what is wrong with them."""

    folder: Path
    found: Read

    def put_into(self, value: QuestionValue, problems: list[Problem]) -> QuestionValue:
        """The question with the address each picture is served at; a picture that isn't there is an error."""
        report = Report(str(self.folder / f"{value.ref}.md"), value.ref)
        change = self._addressed(report)
        options = tuple(replace(each, text=change(each.text)) for each in value.options)
        whole = replace(
            value, stem=change(value.stem), options=options, solution=change(value.solution),
            passage_text=change(value.passage_text),
            translations={language: _each(said, change) for language, said in value.translations.items()},
            solution_translations={language: change(said) for language, said in value.solution_translations.items()},
            option_solutions={
                language: {option: change(why) for option, why in said.items()}
                for language, said in value.option_solutions.items()
            },
        )  # fmt: skip
        problems += report.problems
        return whole

    def _addressed(self, report: Report) -> Callable[[str], str]:
        def one(used: re.Match[str]) -> str:
            words, name = used.groups()
            if not words.strip():
                report.error(0, f"The picture `{name}` has no words. Say between [ and ] what can be seen in it.")
            if name not in self.found:
                hint = suggestion(name, self.found) or " Put it there."
                report.error(0, f"There is no picture `{FOLDER}/{name}`.{hint}")
                return used[0]
            return f"![{words}](/images/{self.found[name].address})"

        return lambda text: USED.sub(one, text)


def _each(said: Json, change: Callable[[str], str]) -> Json:
    if isinstance(said, dict):
        return {name: _each(value, change) for name, value in said.items()}
    return change(said) if isinstance(said, str) else said


def read_pictures(folder: Path, texts: dict[str, str], problems: list[Problem]) -> Pictures:
    """All pictures of the folder that are sound; `texts` gets a hash of each, so that a change is seen."""
    found: dict[str, ImageValue] = {}
    home = folder / FOLDER
    for path in sorted(home.iterdir()) if home.is_dir() else []:
        report = Report(str(path))
        value = _picture(path, home, report)
        problems += report.problems
        if value is not None:
            found[path.name] = value
            texts[f"{FOLDER}/{path.name}"] = value.address
    return Pictures(folder, found)


def _picture(path: Path, home: Path, report: Report) -> ImageValue | None:
    named = NAME.fullmatch(path.name)
    if named is None:
        report.error(0, "A picture is named in small letters, digits and hyphens and ends in .png, .jpg, .gif, .webp.")
        return None
    data = _bytes(path, home)
    if data is None:
        report.error(0, "This can't be read, or is a link that leads out of the folder. Put the picture itself here.")
        return None
    if len(data) > LARGEST:
        report.error(0, f"The picture is over {LARGEST // 1024} kB. Make it smaller.")
    elif not data.startswith(KINDS[named[1]]) or (named[1] == "webp" and data[8:12] != b"WEBP"):
        report.error(0, f"What is in the file is no {named[1]} picture. Save it as one.")
    else:
        return ImageValue(f"{hashlib.sha256(data).hexdigest()[:32]}.{named[1]}", data)
    return None


def _bytes(path: Path, home: Path) -> bytes | None:
    try:
        if path.resolve().is_relative_to(home.resolve()) and path.is_file():
            with path.open("rb") as stream:
                return stream.read(LARGEST + 1)
    except (OSError, RuntimeError):  # RuntimeError: a loop of links before Python 3.13
        pass
    return None


def unused(pictures: Pictures, texts: Mapping[str, str]) -> list[Problem]:
    """A notice for each picture that no text shows."""
    shown = {name for text in texts.values() for _, name in USED.findall(text)}
    left = sorted(set(pictures.found) - shown)
    return [Problem(printable(str(pictures.folder / FOLDER / name)), 0, "No text shows it.", "notice") for name in left]
