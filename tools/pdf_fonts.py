"""Makes static/fonts/pdf/: the faces of PDF files, as TTF because typst reads no woff2.

    python tools/pdf_fonts.py               fetch the @fontsource packages with `npm pack`, then cut
    python tools/pdf_fonts.py --from DIR    DIR holds those packages as .tgz files already

One file a family and weight: the Latin and the extended source are merged. Mathematics and a second mono face
come with typst itself. The licences lie in static/fonts/.
"""

import argparse
import io
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fontTools import merge, subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

from tools.fonts import BASIC, DEVANAGARI, FONTS, LATIN, LATIN_EXT, RUPEE, SYMBOLS, codepoints, fetch, unpack

FOLDER = FONTS / "pdf"
EVERYTHING = f"{BASIC}, {LATIN}, {LATIN_EXT}, {RUPEE}"
PLAIN = ("kern", "ccmp", "mark", "mkmk", "locl", "tnum")
NAMES = {1: "{family}", 2: "{style}", 3: "{file}", 4: "{family} {style}", 6: "{file}", 16: "", 17: "", 25: ""}


@dataclass(frozen=True)
class Cut:
    """One file: the sources it is merged of, its weight, and the characters and features it keeps."""

    file: str
    family: str
    package: str
    sources: tuple[str, ...]
    weight: int | None = 400
    characters: str = EVERYTHING
    features: tuple[str, ...] = PLAIN
    style: str = "Regular"


def _both(name: str, kind: str = "normal") -> tuple[str, ...]:
    return tuple(f"{name}-{part}-wght-{kind}" for part in ("latin", "latin-ext"))


CUTS = (
    Cut("inter-400", "Inter", "inter", _both("inter")),
    Cut("inter-700", "Inter", "inter", _both("inter"), 700, style="Bold"),
    Cut("source-serif-400", "Source Serif 4", "source-serif-4", _both("source-serif-4")),
    Cut("source-serif-700", "Source Serif 4", "source-serif-4", _both("source-serif-4"), 700, style="Bold"),
    Cut(
        "source-serif-italic", "Source Serif 4", "source-serif-4", ("source-serif-4-latin-wght-italic",),
        characters=f"{BASIC}, {LATIN}", style="Italic",
    ),
    # No features: ligatures would draw != as one sign, and in a question about code each character counts.
    Cut("jetbrains-mono-400", "JetBrains Mono", "jetbrains-mono", _both("jetbrains-mono"), features=()),
    *(
        Cut(
            f"devanagari-{weight}", "Noto Sans Devanagari", "noto-sans-devanagari",
            ("noto-sans-devanagari-devanagari-wght-normal",), weight, DEVANAGARI, ("*",), style,
        )
        for weight, style in ((400, "Regular"), (700, "Bold"))
    ),
    Cut(
        "symbols", "Symbols", "noto-sans-math", ("noto-sans-math-latin-400-normal",), None,
        SYMBOLS, (),
    ),
)  # fmt: skip


def cut(face: Cut, packages: Path) -> int:
    """Writes one face and returns its size in bytes."""
    parts = [_part(face, packages / face.package / "package" / "files" / f"{each}.woff2") for each in face.sources]
    font = _merged(parts)
    _name(font, face)
    path = FOLDER / f"{face.file}.ttf"
    font.save(path)
    return path.stat().st_size


def _part(face: Cut, source: Path) -> TTFont:
    font = TTFont(source, recalcTimestamp=False)  # the same input gives the same bytes
    options = subset.Options()
    options.layout_features = list(face.features)
    options.hinting = False
    options.notdef_outline = True
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=codepoints(face.characters))
    cutter.subset(font)
    if face.weight:
        instancer.instantiateVariableFont(font, {"wght": face.weight}, inplace=True)
    font.flavor = None
    return font


def _merged(parts: list[TTFont]) -> TTFont:
    if len(parts) == 1:
        return parts[0]
    files = []
    for font in parts:
        for tag in ("STAT", "DSIG"):  # of no use to one weight, and what the merger doesn't know
            if tag in font:
                del font[tag]
        files.append(io.BytesIO())
        font.save(files[-1])
        files[-1].seek(0)
    together: Any = merge.Merger().merge(files)
    together.recalcTimestamp = False
    for each in ("created", "modified"):  # the same input gives the same bytes
        setattr(together["head"], each, getattr(parts[0]["head"], each))
    return together


def _name(font: TTFont, face: Cut) -> None:
    """The family as templates ask for it, whichever name the variable font went by."""
    names = font["name"]
    for number, form in NAMES.items():
        names.removeNames(nameID=number)
        if text := form.format(family=face.family, style=face.style, file=face.file):
            names.setName(text, number, 3, 1, 0x409)
    if face.weight:
        font["OS/2"].usWeightClass = face.weight


def main() -> None:
    """Cuts every face."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--from", dest="archives", type=Path, help="folder with the packages as .tgz files")
    archives: Path | None = arguments.parse_args().archives
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        packages = Path(folder)
        if archives is None:
            fetch(packages)
        unpack(archives or packages, packages)
        for face in CUTS:
            print(f"{cut(face, packages):7,} {face.file}")


if __name__ == "__main__":
    main()
