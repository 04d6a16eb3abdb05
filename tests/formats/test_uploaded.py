"""Pictures as people upload them: what is kept of each, and what is refused before it costs anything."""

import struct
import zlib
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from mockhall.formats.uploaded import LONGEST_SIDE, MOST_BYTES, Unfit, repainted


def drawn(kind: str = "PNG", size: tuple[int, int] = (40, 20), mode: str = "RGB", **how: Any) -> bytes:
    """A picture whose left half is red (or grey) and whose right half is black."""
    image = Image.new(mode, size)
    image.paste((200, 0, 0) if mode == "RGB" else 200, (0, 0, size[0] // 2, size[1]))
    out = BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


def read(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


@pytest.mark.parametrize(("kind", "ending"), [("PNG", "png"), ("JPEG", "jpg"), ("WEBP", "webp"), ("GIF", "png")])
def test_a_picture_keeps_its_look_under_the_hash_of_what_is_kept(kind: str, ending: str) -> None:
    value = repainted(drawn(kind)).value
    assert value.address.endswith(f".{ending}")
    assert repainted(drawn(kind)).value.address == value.address
    shown = read(value.data).convert("RGB")
    assert shown.size == (40, 20)
    assert shown.getpixel((5, 5))[0] > 150  # type: ignore[index]
    assert shown.getpixel((35, 5))[0] < 50  # type: ignore[index]


def test_a_large_picture_is_made_smaller_in_proportion() -> None:
    assert read(repainted(drawn("JPEG", (4000, 1000))).value.data).size == (LONGEST_SIDE, 400)
    assert read(repainted(drawn("PNG", (300, 3200))).value.data).size == (150, LONGEST_SIDE)


def test_a_photograph_taken_sideways_stands_upright_and_tells_nothing_of_place_and_camera() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned
    exif[0x010F] = "SECRET-CAMERA"
    exif.get_ifd(0x8825)[1] = "N"
    kept = repainted(drawn("JPEG", exif=exif, comment=b"SECRET-NOTE")).value.data
    shown = read(kept)
    assert shown.size == (20, 40)
    assert shown.getpixel((10, 5))[0] > 150  # type: ignore[index]
    assert dict(shown.getexif()) == {}
    assert b"SECRET" not in kept


def test_a_drawing_that_can_be_seen_through_stays_so() -> None:
    image = Image.new("RGBA", (4, 4), (0, 0, 0, 0))
    out = BytesIO()
    image.save(out, "PNG")
    assert read(repainted(out.getvalue()).value.data).getpixel((0, 0)) == (0, 0, 0, 0)


def test_unusual_colours_are_turned_into_usual_ones() -> None:
    for kind, mode in (("PNG", "P"), ("PNG", "1"), ("PNG", "L"), ("PNG", "I;16"), ("JPEG", "CMYK"), ("JPEG", "L")):
        out = BytesIO()
        Image.new(mode, (8, 8)).save(out, kind)
        assert read(repainted(out.getvalue()).value.data).mode in {"RGB", "RGBA", "L"}, mode


def test_grey_in_sixteen_bits_keeps_its_shades() -> None:
    out = BytesIO()
    Image.new("I;16", (8, 8), 32768).save(out, "PNG")
    assert read(repainted(out.getvalue()).value.data).getpixel((0, 0)) in {127, 128}


def test_of_what_moves_the_first_frame_is_kept_and_said_so() -> None:
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "blue")]
    for kind in ("GIF", "WEBP", "PNG"):
        out = BytesIO()
        frames[0].save(out, kind, save_all=True, append_images=frames[1:])
        kept = repainted(out.getvalue())
        assert kept.is_still
        assert not getattr(read(kept.value.data), "is_animated", False)
    assert not repainted(drawn("GIF")).is_still


def test_a_photograph_saved_as_png_becomes_small() -> None:
    noise = Image.effect_noise((1200, 1200), 80).convert("RGB")
    out = BytesIO()
    noise.save(out, "PNG")
    value = repainted(out.getvalue()).value
    assert value.address.endswith(".webp")
    assert len(value.data) < len(out.getvalue()) / 2


def vast() -> bytes:
    """The head of a PNG of 60,000 x 60,000 pixels, in a hundred bytes."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


REFUSED = {
    "nothing": (b"", 422, "no_picture"),
    "too large": (b"\x89PNG" + b"0" * MOST_BYTES, 413, "too_large"),
    "text": (b"just words", 415, "not_a_picture"),
    "a drawing with a program": (
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        415,
        "svg",
    ),
    "a drawing behind its declaration": (b'<?xml version="1.0"?><!-- --><SVG></SVG>', 415, "svg"),
    "a page": (b"<!doctype html><script>alert(1)</script>", 415, "not_a_picture"),
    "another kind of picture": (drawn("BMP"), 415, "not_a_picture"),
    "only a beginning": (drawn("JPEG", (400, 400))[:700], 422, "broken_picture"),
    "a picture cut off": (drawn("PNG", (400, 400))[:200], 422, "broken_picture"),
    "more pixels than memory": (vast(), 422, "too_many_pixels"),
}


@pytest.mark.parametrize(("data", "status", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_no_sound_picture_is_refused_with_a_sentence(data: bytes, status: int, reason: str) -> None:
    with pytest.raises(Unfit) as refused:
        repainted(data)
    assert (refused.value.status, refused.value.reason) == (status, reason)
    assert refused.value.text.endswith(".")
