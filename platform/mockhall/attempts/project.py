"""The address of a test as a code to scan, drawn as SVG."""

import io

import segno
from fastapi.responses import Response

# An SVG opened by itself must not run or load anything.
HEADERS = {"Content-Security-Policy": "default-src 'none'", "Cache-Control": "private, max-age=3600"}


def address(base: str, slug: str) -> str:
    """The full address of a test's front page."""
    return f"{base.rstrip('/')}/papers/{slug}"


def picture(text: str) -> Response:
    """A QR code of any text, dark on white whatever the theme: scanners want it so."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", border=3, scale=8, dark="#000", light="#fff", nl=False
    )
    return Response(out.getvalue(), media_type="image/svg+xml", headers=HEADERS)
