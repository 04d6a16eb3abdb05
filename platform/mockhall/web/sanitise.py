"""What of rendered text may reach a page: a list of tags and attributes, and nothing else."""

import re
from typing import Final
from urllib.parse import urlsplit

import nh3

OWN_PICTURE = re.compile(r"(?:/(?![/\\])|[\w.-]+(?=[/.]))[^\\:]*")  # same origin: no scheme, no host, no backslash
_TEXT = {
    "a", "blockquote", "br", "code", "del", "div", "em", "figcaption", "figure", "h2", "h3", "h4", "h5", "h6", "hr",
    "img", "input", "label", "li", "ol", "p", "pre", "span", "strong", "table", "tbody", "td", "th", "thead", "tr",
    "ul",
}  # fmt: skip
_MATH = {
    "math", "menclose", "mfrac", "mi", "mmultiscripts", "mn", "mo", "mover", "mpadded", "mphantom", "mprescripts",
    "mroot", "mrow", "ms", "mspace", "msqrt", "mstyle", "msub", "msubsup", "msup", "mtable", "mtd", "mtext", "mtr",
    "munder", "munderover",
}  # fmt: skip
_MATH_ATTRIBUTES = {
    "accent", "accentunder", "class", "columnalign", "columnspan", "depth", "display", "displaystyle", "fence", "form",
    "height", "largeop", "linethickness", "lspace", "mathvariant", "maxsize", "minsize", "movablelimits", "notation",
    "rspace", "scriptlevel", "separator", "stretchy", "symmetric", "voffset", "width",
}  # fmt: skip
_ATTRIBUTES: dict[str, set[str]] = dict.fromkeys(_MATH, _MATH_ATTRIBUTES) | {
    "a": {"href", "title"}, "code": {"class"}, "div": {"class", "tabindex", "role", "aria-label"}, "figure": {"class"},
    "img": {"src", "alt", "loading"}, "input": {"class", "type"}, "label": {"class"}, "ol": {"start"},
    "pre": {"tabindex", "role", "aria-label"}, "td": {"class"}, "th": {"class"},
    "span": {"class", "tabindex", "role", "aria-label"},
}  # fmt: skip
_CLEANER: Final = nh3.Cleaner(
    tags=_TEXT | _MATH,
    clean_content_tags={"script", "style"},
    attributes=_ATTRIBUTES,
    attribute_filter=lambda tag, name, value: _kept(tag, name, value),
    url_schemes={"http", "https", "mailto"},
    link_rel="noopener nofollow",
)


def _kept(tag: str, name: str, value: str) -> str | None:
    """A last look at the attributes that could reach outside."""
    if tag == "img" and name == "src":
        return value if OWN_PICTURE.fullmatch(value) else None
    if tag == "input" and name == "type":
        return "checkbox"
    if tag == "a" and name == "href":
        return value if urlsplit(value).scheme in {"", "http", "https", "mailto"} else None
    return value


def clean(html: str) -> str:
    """The text with everything else taken out."""
    return _CLEANER.clean(html)
