"""Pictures as people upload them: decoded, made small, and written anew with nothing else in the file."""

import hashlib
import struct
import threading
import zlib
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from mockhall.formats.values import ImageValue

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 25_000_000  # a telephone takes 12, two large screens side by side have 17
LONGEST_SIDE = 1600  # pixels, which fill a wide screen
_KINDS = ("PNG", "JPEG", "WEBP", "GIF")
# A drawing or a screenshot is smaller than this as PNG and stays sharp; what is larger is a photograph.
_LARGEST_PNG = 512 * 1024
# What decoders raise at files that were cut off, or made to break them.
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, OverflowError, struct.error,
           zlib.error)  # fmt: skip
# Pixels are counted here, between reading a file's head and its pixels; Pillow's own limit would only warn at first.
Image.MAX_IMAGE_PIXELS = None
# The largest PNG or JPEG takes 250 MB while it is made small, the largest WebP 400, and either two seconds.
_one_at_a_time = threading.Lock()


class Unfit(Exception):
    """A file that is not taken: the reply's status, a machine's reason, a sentence for people."""

    def __init__(self, status: int, reason: str, text: str) -> None:
        super().__init__(text)
        self.status, self.reason, self.text = status, reason, text


@dataclass(frozen=True)
class Repainted:
    """The picture as it is kept. `is_still`: the file was animated, of which the first frame is kept."""

    value: ImageValue
    is_still: bool = False


# Raised anew each time: an exception that is kept grows with every traceback.
TOO_LARGE = (413, "too_large", "The picture is over 10 MB. Make it smaller, and add it again.")
NOTHING = (422, "no_picture", "Choose a picture first.")
SVG = (415, "svg", "SVG pictures are not taken: they can hold programs. Save the drawing as PNG, and add that.")
NO_PICTURE = (415, "not_a_picture", "This file is no picture that can be shown. Save it as PNG, JPEG, WebP or GIF.")
BROKEN = (422, "broken_picture", "The picture can't be read to its end. Save it again, and add that.")
_VAST_SAID = f"The picture has more than {MOST_PIXELS // 1_000_000} million pixels. Make it smaller, and add it again."
VAST = (422, "too_many_pixels", _VAST_SAID)


def repainted(data: bytes) -> Repainted:
    """The picture upright, at most 1600 pixels long, without place, camera or anything else; raises Unfit.

    Its address is the hash of what is kept, so the same file twice is one picture."""
    if not data or len(data) > MOST_BYTES:
        raise Unfit(*(TOO_LARGE if data else NOTHING))
    try:
        with _one_at_a_time, Image.open(BytesIO(data), formats=_KINDS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise Unfit(*VAST)
            is_still = bool(getattr(opened, "is_animated", False))
            return Repainted(_encoded(_small(opened), str(opened.format)), is_still)
    except UnidentifiedImageError as error:
        raise Unfit(*(SVG if b"<svg" in data[:4096].lower() else NO_PICTURE)) from error
    except _BROKEN as error:
        raise Unfit(*BROKEN) from error


def _small(opened: Image.Image) -> Image.Image:
    image = _in_usual_colours(opened)
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    upright = ImageOps.exif_transpose(image)
    # Writers take comments and the like from here.
    upright.info.clear()
    return upright


def _in_usual_colours(opened: Image.Image) -> Image.Image:
    """As red, green and blue, with what can be seen through; grey may stay grey. `convert` would copy what is so."""
    if opened.mode == "RGBA":
        return opened
    if opened.has_transparency_data:
        return opened.convert("RGBA")
    if opened.mode.startswith("I"):  # grey in 16 bits, which `convert` would cut off at 255
        return opened.convert("I").point(lambda value: value / 256).convert("L")
    return opened if opened.mode in {"RGB", "L"} else opened.convert("RGB")


def _encoded(image: Image.Image, kind: str) -> ImageValue:
    if kind in {"JPEG", "MPO"}:
        return _addressed(_saved(image, "JPEG", quality=85, optimize=True), "jpg")
    if kind != "WEBP":
        data = _saved(image, "PNG", optimize=True)
        if len(data) <= _LARGEST_PNG:
            return _addressed(data, "png")
    return _addressed(_saved(image, "WEBP", quality=85), "webp")


def _saved(image: Image.Image, kind: str, **how: int) -> bytes:
    out = BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


def _addressed(data: bytes, ending: str) -> ImageValue:
    return ImageValue(f"{hashlib.sha256(data).hexdigest()[:32]}.{ending}", data)
