"""The program that makes one PDF: `python -P press.py`, JSON in, PDF out. It knows nothing else of Mockhall.

typst remembers all it has ever laid out, some 80 MB for a long report, and a fault in it would end whoever runs it:
so each file has a process of its own, which takes 0.1 s longer."""

import json
import sys
from typing import Any

import typst


def press(asked: dict[str, Any]) -> bytes:
    """The PDF, tagged, and kept to PDF/UA where that can be: a sign that none of the fonts draws is refused there,
    and then stands as a box in a file that makes no such claim."""
    # Never the machine's fonts: the file looks the same wherever it is made.
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[asked["fonts"]])
    given = {"root": asked["root"], "font_paths": fonts, "timestamp": asked["timestamp"]}
    given["sys_inputs"] = {"data": json.dumps(asked["data"])}
    try:
        return bytes(typst.compile(asked["template"], format="pdf", pdf_standards=["ua-1"], **given))
    except typst.TypstError as error:
        sys.stderr.write(f"not PDF/UA: {error.message}\n")
        return bytes(typst.compile(asked["template"], format="pdf", **given))


if __name__ == "__main__":
    sys.stdout.buffer.write(press(json.load(sys.stdin)))
