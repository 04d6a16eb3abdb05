"""Makes static/icons.svg, the sprite of the icons Mockhall uses, from lucide (ISC licence, copied beside it).

    python tools/icons.py               fetch lucide-static with `npm pack`
    python tools/icons.py --from FILE   FILE is that package as .tgz already

To use a new icon add its lucide name to NAMES and run this again. Templates write {{ icon('check') }}.
"""

import argparse
import re
import subprocess
import tarfile
import tempfile
from pathlib import Path

STATIC = Path(__file__).resolve().parent.parent / "static"
PACKAGE = "lucide-static@1.62.0"

NAMES = """
alarm-clock archive arrow-down arrow-left arrow-right arrow-up atom badge-check ban book-open book-open-check bookmark
brain calculator calendar-clock chart-no-axes-column check chevron-down chevron-left chevron-right chevron-up
circle-alert circle-check circle-dashed circle-dot circle-x clock clock-alert cloud-alert cloud-off code-xml copy
copy-plus cpu database diff download eye eye-off file-down file-plus-2 file-spreadsheet file-text file-x
flag-triangle-right folder-input graduation-cap grip-vertical hard-drive history info keyboard languages layout-grid
link list-checks list-filter list-plus loader-circle lock log-in log-out mail maximize-2 megaphone minus monitor
monitor-smartphone notebook-pen pause pencil play plus printer radio redo-2 rotate-ccw route search search-x send
server-crash settings share-2 shield-check shuffle sigma smartphone sun-moon tag target timer trash-2 trending-up
triangle-alert undo-2 upload user user-plus users wifi-off wrap-text x
"""


def symbol(name: str, drawing: str) -> str:
    """One <symbol> of the sprite from one lucide file: {{ icon('check') }} points at #i-check."""
    inside = re.search(r"<svg[^>]*>(.*)</svg>", drawing, re.DOTALL)
    if inside is None:
        raise SystemExit(f"{name}: no <svg> in the package's file")
    shapes = re.sub(r">\s+<", "><", re.sub(r"\s+", " ", inside.group(1)).strip()).replace(" />", "/>")
    return f'<symbol id="i-{name}" viewBox="0 0 24 24">{shapes}</symbol>'


def sprite(archive: Path) -> tuple[str, bytes]:
    """The sprite and the licence text, out of the package."""
    with tarfile.open(archive) as tar:

        def read(name: str) -> bytes:
            member = tar.extractfile(f"package/{name}")
            if member is None:
                raise SystemExit(f"{archive} holds no {name}")
            return member.read()

        symbols = [symbol(name, read(f"icons/{name}.svg").decode()) for name in sorted(NAMES.split())]
        return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n", read("LICENSE")


def fetch(into: Path) -> Path:
    """The package as npm serves it."""
    subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=into, check=True)
    return next(into.glob("*.tgz"))


def main() -> None:
    """Writes the sprite and the licence into static/."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--from", dest="archive", type=Path, help="the package as a .tgz file")
    archive: Path | None = arguments.parse_args().archive
    with tempfile.TemporaryDirectory() as folder:
        drawing, licence = sprite(archive or fetch(Path(folder)))
    (STATIC / "icons.svg").write_text(drawing)
    (STATIC / "icons-LICENSE.txt").write_bytes(licence)
    print(f"{len(NAMES.split())} icons, {len(drawing):,} bytes")


if __name__ == "__main__":
    main()
