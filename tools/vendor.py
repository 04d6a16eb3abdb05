"""Vendored scripts: fetched from npm once, committed, verified by hash ever after. Standard library only.

    python tools/vendor.py           fetch with `npm pack`, copy, write the manifest
    python tools/vendor.py check     do the files still match static/vendor/VENDORED.toml?

htmx and its two extensions are one file: as separate deferred files they race.
"""

import base64
import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MANIFEST = ROOT / "static" / "vendor" / "VENDORED.toml"


@dataclass(frozen=True)
class Vendored:
    """One file of ours, joined from files of one package, with its licence beside it."""

    file: str
    package: str
    version: str
    licence: str
    parts: tuple[str, ...]


WANTED = (
    Vendored(
        "static/vendor/htmx.js",
        "htmx.org",
        "4.0.1",
        "0BSD",
        ("dist/htmx.min.js", "dist/ext/hx-preload.min.js", "dist/ext/hx-sse.min.js"),
    ),
    # For the browser tests alone; never served.
    Vendored("tests/browser/vendor/axe.min.js", "axe-core", "4.14.1", "MPL-2.0", ("axe.min.js",)),
)


def sha384(body: bytes) -> str:
    """The hash as browsers write it in `integrity`."""
    return "sha384-" + base64.b64encode(hashlib.sha384(body).digest()).decode()


def licence_of(path: Path) -> Path:
    """Where a file's licence stands: htmx.js -> htmx-LICENSE.txt."""
    return path.with_name(path.name.partition(".")[0] + "-LICENSE.txt")


def fetch(wanted: Vendored, into: Path) -> tuple[bytes, bytes]:
    """The joined file and the licence, out of the package as npm serves it."""
    packed = subprocess.run(
        ["npm", "pack", "--silent", f"{wanted.package}@{wanted.version}"],
        cwd=into,
        check=True,
        capture_output=True,
        text=True,
    )
    with tarfile.open(into / packed.stdout.strip().splitlines()[-1]) as tar:

        def read(name: str) -> bytes:
            member = tar.extractfile(f"package/{name}")
            if member is None:
                raise SystemExit(f"{wanted.package} holds no {name}")
            return member.read()

        parts = [re.sub(rb"\n?//# sourceMappingURL=.*\s*$", b"", read(part)).strip() for part in wanted.parts]
        return b";\n".join(parts) + b"\n", read("LICENSE")


def write(wanted: Vendored, body: bytes, licence: bytes) -> str:
    """Puts a file and its licence in place; returns its entry in the manifest."""
    path = ROOT / wanted.file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
    licence_of(path).write_bytes(licence)
    parts = ", ".join(f'"{part}"' for part in wanted.parts)
    return (
        f'["{wanted.file}"]\npackage = "{wanted.package}"\nversion = "{wanted.version}"\n'
        f'licence = "{wanted.licence}"\nparts = [{parts}]\nsha384 = "{sha384(body)}"\n'
    )


def problems() -> list[str]:
    """What does not match the manifest; empty when all is well."""
    listed = tomllib.loads(MANIFEST.read_text())
    found = [f"{wanted.file} is not in the manifest" for wanted in WANTED if wanted.file not in listed]
    for file, entry in listed.items():
        path = ROOT / file
        if not path.is_file():
            found.append(f"{file} is missing")
        elif sha384(path.read_bytes()) != entry["sha384"]:
            found.append(f"{file} is not what was vendored")
        elif not licence_of(path).is_file():
            found.append(f"{file} has no licence beside it")
    return found


def main() -> None:
    """Fetches, or with `check` verifies."""
    if sys.argv[1:] == ["check"]:
        if found := problems():
            raise SystemExit("\n".join(found))
        print("vendored files are as they were fetched")
        return
    if sys.argv[1:]:
        raise SystemExit(__doc__)
    MANIFEST.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        entries = [write(wanted, *fetch(wanted, Path(folder))) for wanted in WANTED]
    MANIFEST.write_text(
        "# Made by tools/vendor.py, which also verifies it: python tools/vendor.py check\n\n" + "\n".join(entries)
    )
    print("\n".join(f"{wanted.file}  {(ROOT / wanted.file).stat().st_size:,} bytes" for wanted in WANTED))


if __name__ == "__main__":
    main()
