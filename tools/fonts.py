"""Makes static/fonts/ and static/css/fonts.css: the faces Mockhall ships, cut to the characters it needs.

    python tools/fonts.py               fetch the @fontsource packages with `npm pack`, then cut
    python tools/fonts.py --from DIR    DIR holds those packages as .tgz files already

Needs fonttools and brotli (both in the `dev` extra); npm only for the first form. All five families are under
the SIL Open Font License, whose text is copied beside the files. A page loads a file only when it shows one of
the file's characters, so the first visit takes the three `basic` files and nothing else.
"""

import argparse
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

ROOT = Path(__file__).resolve().parent.parent
FONTS = ROOT / "static" / "fonts"
CSS = ROOT / "static" / "css" / "fonts.css"

PACKAGES = {
    "inter": "@fontsource-variable/inter@5.3.0",
    "source-serif-4": "@fontsource-variable/source-serif-4@5.3.1",
    "jetbrains-mono": "@fontsource-variable/jetbrains-mono@5.3.0",
    "noto-sans-devanagari": "@fontsource-variable/noto-sans-devanagari@5.3.0",
    "noto-sans-math": "@fontsource/noto-sans-math@5.3.0",
}

# What a page of English, its numbers and its code are made of: ASCII and the punctuation of the interface.
BASIC = (
    "U+20-7E, U+A0, U+B0, U+B1, U+B2, U+B3, U+B5, U+B7, U+BD, U+D7, U+F7, U+2013, U+2014, U+2018, U+2019, "
    "U+201C, U+201D, U+2022, U+2026, U+2212"
)
# The rest of western Europe: people's names, mostly.
LATIN = (
    "U+A1-AF, U+B4, U+B6, U+B8-BC, U+BE-D6, U+D8-F6, U+F8-FF, U+131, U+152, U+153, U+2C6, U+2DA, U+2DC, "
    "U+2020, U+201A, U+201E, U+2030, U+2032, U+2033, U+2039, U+203A, U+20AC, U+2122"
)
LATIN_EXT = "U+100-130, U+132-151, U+154-2BA, U+1E00-1EFF, U+20A0-20A8, U+20AD-20B8, U+20BA-20C0"
RUPEE = "U+20B9"
# In no text face of ours: one small file instead of the large one with every operator.
SYMBOLS = "U+221A, U+221E, U+2190-2194, U+2248, U+2260, U+2264, U+2265, U+2713, U+3C0"
DEVANAGARI = "U+900-97F, U+1CD0-1CF9, U+200C, U+200D, U+25CC, U+A8E0-A8FF"
# Greek, operators, arrows, brackets, and the italic, script, Fraktur and double-struck letters <mi> turns into.
MATH = (
    "U+20-7E, U+A0, U+AC, U+B0, U+B1, U+B7, U+D7, U+F7, U+2C6, U+2C7, U+2D8-2DD, U+300-308, U+30A-30C, U+332, "
    "U+338, U+391-3A9, U+3B1-3C9, U+3D1, U+3D5, U+3D6, U+3F0, U+3F1, U+3F5, U+2016, U+2020, U+2021, U+2026, "
    "U+2032-2034, U+2061-2064, U+20D7, U+20DB, U+210A-2113, U+2115, U+2118-211D, U+2124, U+2128, U+212C, "
    "U+212D, U+2130, U+2131, U+2133, U+2134, U+2190-2199, U+21A6, U+21A9, U+21AA, U+21BC-21CC, U+21D0-21D5, "
    "U+2200-2237, U+223C, U+2240-2249, U+224D, U+2250, U+2254, U+2260-2267, U+226A, U+226B, U+2270, U+2271, "
    "U+227A-2291, U+2293-2299, U+22A2-22A9, U+22BB-22C8, U+22CD-22CF, U+22D0, U+22D1, U+22EE-22F1, U+2308-230B, "
    "U+2322, U+2323, U+23B0, U+23B1, U+23DC-23DF, U+25A1, U+25B3, U+25B9, U+25BD, U+25CB, U+25EF, U+27E8-27EB, "
    "U+27F5-27FC, U+2A00-2A02, U+2A7D, U+2A7E, U+2AAF, U+2AB0, U+1D400-1D467, U+1D49C-1D4CF, U+1D504-1D537, "
    "U+1D538-1D56B, U+1D6A4, U+1D6A5, U+1D6A8-1D71B"
)


@dataclass(frozen=True)
class Face:
    """One file to cut: where from, which characters and weights, and how the style sheet calls it."""

    file: str
    family: str
    package: str
    source: str
    characters: str
    weights: tuple[int, int] | None = (400, 700)
    italic: bool = False
    features: tuple[str, ...] = ("kern", "ccmp", "mark", "mkmk", "locl", "tnum")


def _text_faces(family: str, package: str, short: str) -> Iterator[Face]:
    """The four cuts of a text family, from its Latin and its extended source."""
    for part, source, characters in (
        ("basic", "latin", BASIC),
        ("latin", "latin", LATIN),
        ("latin-ext", "latin-ext", LATIN_EXT),
        ("rupee", "latin-ext", RUPEE),
    ):
        yield Face(f"{short}-{part}", family, package, f"{package}-{source}-wght-normal", characters)


FACES = (
    *_text_faces("Inter", "inter", "inter"),
    *_text_faces("Source Serif 4", "source-serif-4", "source-serif"),
    Face(
        "source-serif-italic",
        "Source Serif 4",
        "source-serif-4",
        "source-serif-4-latin-wght-italic",
        BASIC,
        italic=True,
    ),
    # No features: ligatures would draw != as one sign, and in a question about code each character counts.
    Face(
        "jetbrains-mono-basic",
        "JetBrains Mono",
        "jetbrains-mono",
        "jetbrains-mono-latin-wght-normal",
        BASIC,
        weights=(400, 600),
        features=(),
    ),
    Face(
        "jetbrains-mono-latin",
        "JetBrains Mono",
        "jetbrains-mono",
        "jetbrains-mono-latin-wght-normal",
        LATIN,
        weights=(400, 600),
        features=(),
    ),
    Face(
        "devanagari",
        "Noto Sans Devanagari",
        "noto-sans-devanagari",
        "noto-sans-devanagari-devanagari-wght-normal",
        DEVANAGARI,
        features=("*",),
    ),
    Face("symbols", "Symbols", "noto-sans-math", "noto-sans-math-latin-400-normal", SYMBOLS, weights=None, features=()),
    Face(
        "math",
        "Noto Sans Math",
        "noto-sans-math",
        "noto-sans-math-latin-400-normal",
        MATH,
        weights=None,
        features=("*",),
    ),
)


def fetch(into: Path) -> None:
    """Puts the packages, as npm serves them, into a folder."""
    for package in PACKAGES.values():
        subprocess.run(["npm", "pack", "--silent", package], cwd=into, check=True)


def unpack(archives: Path, into: Path) -> None:
    """Unpacks each package into a folder with its short name; says which one is missing."""
    for short, package in PACKAGES.items():
        name, version = package.removeprefix("@").replace("/", "-").rsplit("@", 1)
        archive = archives / f"{name}-{version}.tgz"
        if not archive.exists():
            raise SystemExit(f"{archive} is not there: npm pack {package}")
        with tarfile.open(archive) as tar:
            tar.extractall(into / short, filter="data")


def codepoints(ranges: str) -> set[int]:
    """The characters of a `unicode-range`: "U+20-22, U+A0" -> {32, 33, 34, 160}."""
    found: set[int] = set()
    for part in ranges.replace("U+", "").split(", "):
        first, _, last = part.partition("-")
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return found


def cut(face: Face, packages: Path) -> int:
    """Writes one face and returns its size in bytes."""
    source = packages / face.package / "package" / "files" / f"{face.source}.woff2"
    font = TTFont(source, recalcTimestamp=False)  # the same input gives the same bytes
    options = subset.Options()
    options.flavor = "woff2"
    options.layout_features = list(face.features)
    options.hinting = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]  # the copyright and licence lines have to stay
    options.notdef_outline = True
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=codepoints(face.characters))
    cutter.subset(font)
    if face.weights:  # after the subset, which wants every glyph's variations to be there
        instancer.instantiateVariableFont(font, {"wght": face.weights}, inplace=True)
    font.flavor = "woff2"
    path = FONTS / f"{face.file}.woff2"
    font.save(path)
    return path.stat().st_size


def css(face: Face) -> str:
    """The @font-face rule of one face."""
    weight = f"font-weight: {face.weights[0]} {face.weights[1]}; " if face.weights else ""
    style = "font-style: italic; " if face.italic else ""
    # The mathematics face is asked for by name and must bring its own space and letters: no range.
    ranges = "" if face.file == "math" else f"; unicode-range: {face.characters.replace(', ', ',')}"
    source = f'font-family: "{face.family}"; src: url(../fonts/{face.file}.woff2)'
    return f"@font-face {{ {source}; {weight}{style}font-display: swap{ranges} }}"


def main() -> None:
    """Cuts every face, copies the licences and writes the style sheet."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--from", dest="archives", type=Path, help="folder with the packages as .tgz files")
    archives: Path | None = arguments.parse_args().archives
    FONTS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        packages = Path(folder)
        if archives is None:
            fetch(packages)
        unpack(archives or packages, packages)
        for face in FACES:
            print(f"{cut(face, packages):7,} {face.file}")
        for short in PACKAGES:
            (FONTS / f"OFL-{short}.txt").write_bytes((packages / short / "package" / "LICENSE").read_bytes())
    CSS.write_text(
        "/* Made by tools/fonts.py: a file is fetched only when the page shows one of its characters. */\n"
        + "\n".join(map(css, FACES))
        + "\n"
    )


if __name__ == "__main__":
    main()
