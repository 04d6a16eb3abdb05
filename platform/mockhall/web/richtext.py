"""Question text to HTML: Markdown without HTML, formulas as MathML, code in five colours, sanitised at the end.

Whatever the steps before make, the sanitiser decides what reaches a page.
"""
import re
from collections.abc import MutableMapping, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any, Final
from urllib.parse import urlsplit

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token as Piece
from markdown_it.utils import OptionsDict
from markupsafe import Markup, escape
from math_core import LatexError, LatexToMathML
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.dollarmath.index import math_inline_dollar
from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Keyword, Name, Number, Operator, String, _TokenType
from pygments.util import ClassNotFound

LONGEST_TEXT = 40_000  # characters; more than that is shown as it was typed
LONGEST_CODE = 20_000
LONG_LINE = 36  # characters that fit a phone; longer ones get the Wrap switch

_Env = MutableMapping[str, Any]

# ---------------------------------------------------------------- formulas

# The converter recurses on the machine's stack and takes the whole process down when that ends: a hundred braces
# are enough on a small thread. These limits leave half of 512 kB free; formulas in papers stay under a third of them.
LONGEST_FORMULA = 2_000
DEEPEST_FORMULA = 20
MOST_COMMANDS = 200
_PIECES = re.compile(r"\\[A-Za-z]+|\\.|[{}]", re.DOTALL)
_COMMENT = re.compile(r"(\\.)|%[^\n]*", re.DOTALL)
_OPENS, _CLOSES = {"{", "\\left", "\\begin"}, {"}", "\\right", "\\end"}
_NUMBERED = re.compile(r"\\(begin|end)\{(align|equation|gather|multline)\}")
_MACROS = re.compile(r"\\([egx]?def|let|(re|provide)?newcommand|renewcommand|providecommand|DeclareMathOperator)\b")
_STYLED = re.compile(r' style="([^"]*)"')
_CLASS_OF = {
    "text-align: left": "m-left", "text-align: right": "m-right", "border-left": "m-bl", "border-right": "m-br",
    "border-top": "m-bt", "border-bottom": "m-bb",
}
_LATEX: Final = LatexToMathML(fancy_error=False)


def formula(latex: str, *, display: bool = False) -> str:
    """LaTeX as MathML; what can't be read stands there as it was typed."""
    # A comment could hide a closing brace from the count; equation numbers mean nothing in a question.
    source = _NUMBERED.sub(r"\\\1{\2*}", _COMMENT.sub(r"\1", latex)).strip()
    if _convertible(source):
        try:
            return _STYLED.sub(_classes, _LATEX.convert_with_local_state(source, displaystyle=display))
        except LatexError:
            pass
    return f'<code class="math-error">{escape(latex)}</code>'


def _convertible(source: str) -> bool:
    """Whether the converter may have it: short, flat, and without definitions of its own."""
    if len(source) > LONGEST_FORMULA or _MACROS.search(source):
        return False
    depth, commands = 0, 0
    for piece in _PIECES.findall(source):
        depth = max(0, depth + (piece in _OPENS) - (piece in _CLOSES))
        commands += piece.startswith("\\")
        if depth > DEEPEST_FORMULA or commands > MOST_COMMANDS:
            return False
    return True


def _classes(styled: re.Match[str]) -> str:
    """The converter's inline styles as classes of base.css; those without one are dropped."""
    names = [name for style, name in _CLASS_OF.items() if style in styled[1]]
    return f' class="{" ".join(names)}"' if names else ""


# ---------------------------------------------------------------- code

_COLOURS = ((Keyword, "k"), (Operator.Word, "k"), (String, "s"), (Comment, "c"), (Number, "m"),
            (Name.Function, "n"), (Name.Class, "n"), (Name.Decorator, "n"))


def _colour(kind: _TokenType) -> str:
    """One of the five colours of the design, or none."""
    return next((name for family, name in _COLOURS if family in kind.split()), "")


def highlighted(source: str, language: str) -> str:
    """Code with its keywords, strings, comments, names and numbers in spans; an unknown language stays plain."""
    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False) if len(source) <= LONGEST_CODE else None
    except ClassNotFound:
        lexer = None
    if lexer is None:
        return str(escape(source))
    coloured = ((_colour(kind), text) for kind, text in lexer.get_tokens(source))
    runs = ((name, escape("".join(text for _, text in run))) for name, run in groupby(coloured, lambda part: part[0]))
    return "".join(f'<span class="{name}">{text}</span>' if name else str(text) for name, text in runs)


def _figure(source: str, language: str, caption: str, about: str) -> str:
    """A block of code with its caption and, where lines are long, the switch that wraps them (no script: `:has()`)."""
    first = next((line.strip() for line in source.splitlines() if line.strip()), "")
    name = ", ".join(part for part in (f"Code {caption or first[:60]}".strip(), about) if part)
    wrap = ""
    if any(len(line) > LONG_LINE for line in source.splitlines()):
        wrap = '<label class="button quiet small"><input class="wrap" type="checkbox"> Wrap</label>'
    head = f"<figcaption><span>{escape(caption)}</span>{wrap}</figcaption>" if caption or wrap else ""
    body = highlighted(source, language)
    return (f'<figure class="code">{head}<pre tabindex="0" role="region" aria-label="{escape(name)}"><code>{body}'
            "</code></pre></figure>\n")


# ---------------------------------------------------------------- Markdown

_OWN_PICTURE = re.compile(r"(?:/(?![/\\])|[\w.-]+(?=[/.]))[^\\:]*")  # same origin: no scheme, no host, no backslash


class _Renderer(RendererHTML):
    """Our own form of code, tables, pictures, formulas and headings."""

    def fence(self, pieces: Sequence[Piece], at: int, _options: OptionsDict, env: _Env) -> str:
        """``` python main.py: the language, then the caption."""
        language, _, caption = pieces[at].info.strip().partition(" ")
        source = pieces[at].content.rstrip("\n")
        if env["inline"]:  # a switch inside a choice's label would choose instead of wrapping
            return f"<pre><code>{highlighted(source, language)}</code></pre>"
        return _figure(source, language, caption.strip(), env["about"])

    def code_block(self, pieces: Sequence[Piece], at: int, _options: OptionsDict, env: _Env) -> str:
        """Code by indentation: a fence without a language."""
        return self.fence(pieces, at, _options, env)

    def heading_open(self, pieces: Sequence[Piece], at: int, _options: OptionsDict, env: _Env) -> str:
        """`#` becomes the level that fits the page."""
        return f"<h{_level(pieces[at], env)}>"

    def heading_close(self, pieces: Sequence[Piece], at: int, _options: OptionsDict, env: _Env) -> str:
        """The end of a heading."""
        return f"</h{_level(pieces[at], env)}>\n"

    def image(self, pieces: Sequence[Piece], at: int, options: OptionsDict, env: _Env) -> str:
        """A picture of this server; of any other only its description."""
        piece = pieces[at]
        words = escape(self.renderInlineAsText(piece.children, options, env) if piece.children else "")
        source = str(piece.attrGet("src") or "")
        return f'<img src="{escape(source)}" alt="{words}" loading="lazy">' if _OWN_PICTURE.fullmatch(source) else words

    def table_open(self, _pieces: Sequence[Piece], _at: int, _options: OptionsDict, _env: _Env) -> str:
        """A wide table scrolls by itself."""
        return '<div class="scroll-x" tabindex="0" role="group" aria-label="Table"><table>\n'

    def td_open(self, pieces: Sequence[Piece], at: int, _options: OptionsDict, _env: _Env) -> str:
        """Numbers stand right: the alignment comes as a style, which we don't allow."""
        return f'<{pieces[at].tag}{" class=num" if "right" in str(pieces[at].attrGet("style")) else ""}>'

    th_open = td_open

    def table_close(self, _pieces: Sequence[Piece], _at: int, _options: OptionsDict, _env: _Env) -> str:
        """The end of a table."""
        return "</table></div>\n"


def _level(piece: Piece, env: _Env) -> int:
    return min(6, int(piece.tag[1]) - 1 + int(env["heading"]))


def _math_block(_: RendererHTML, pieces: Sequence[Piece], at: int, *__: object) -> str:
    """$$ on lines of its own; a wide formula scrolls by itself."""
    shown = formula(pieces[at].content, display=True)
    return f'<div class="math-block" tabindex="0" role="group" aria-label="Formula">{shown}</div>\n'


_LONG_FORMULA = 24  # characters of LaTeX that may be wider than a phone: browsers don't break a formula's line


def _math_inline(_: RendererHTML, pieces: Sequence[Piece], at: int, *__: object) -> str:
    """$ in a line; a long one scrolls by itself, and so must take the focus."""
    shown = formula(pieces[at].content)
    if len(pieces[at].content) <= _LONG_FORMULA:
        return shown
    return f'<span class="formula" tabindex="0" role="group" aria-label="Formula">{shown}</span>'


_dollars = math_inline_dollar(allow_space=False, allow_digits=False, allow_double=True)


def _math(state: StateInline, silent: bool) -> bool:
    """The plugin's rule, which at the start of a text takes its last character for the one before."""
    text = state.src
    if state.pos == 0:
        state.src += " "
    try:
        return _dollars(state, silent)
    finally:
        state.src = text


def _markdown() -> MarkdownIt:
    """CommonMark and tables, HTML off, dollars as maths only where no price is meant."""
    made = MarkdownIt("commonmark", {"html": False}, renderer_cls=_Renderer).enable("table")
    made.use(dollarmath_plugin, allow_labels=False)
    made.inline.ruler.at("math_inline", _math)
    made.add_render_rule("math_inline", _math_inline)
    made.add_render_rule("math_inline_double", lambda _, pieces, at, *__: formula(pieces[at].content, display=True))
    made.add_render_rule("math_block", _math_block)
    return made


_MARKDOWN: Final = _markdown()

# ---------------------------------------------------------------- what may reach a page

_TEXT = {
    "a", "blockquote", "br", "code", "del", "div", "em", "figcaption", "figure", "h2", "h3", "h4", "h5", "h6", "hr",
    "img", "input", "label", "li", "ol", "p", "pre", "span", "strong", "table", "tbody", "td", "th", "thead", "tr",
    "ul",
}
_MATH = {
    "math", "menclose", "mfrac", "mi", "mmultiscripts", "mn", "mo", "mover", "mpadded", "mphantom", "mprescripts",
    "mroot", "mrow", "ms", "mspace", "msqrt", "mstyle", "msub", "msubsup", "msup", "mtable", "mtd", "mtext", "mtr",
    "munder", "munderover",
}
_MATH_ATTRIBUTES = {
    "accent", "accentunder", "class", "columnalign", "columnspan", "depth", "display", "displaystyle", "fence", "form",
    "height", "largeop", "linethickness", "lspace", "mathvariant", "maxsize", "minsize", "movablelimits", "notation",
    "rspace", "scriptlevel", "separator", "stretchy", "symmetric", "voffset", "width",
}
_ATTRIBUTES: dict[str, set[str]] = dict.fromkeys(_MATH, _MATH_ATTRIBUTES) | {
    "a": {"href", "title"}, "code": {"class"}, "div": {"class", "tabindex", "role", "aria-label"}, "figure": {"class"},
    "img": {"src", "alt", "loading"}, "input": {"class", "type"}, "label": {"class"}, "ol": {"start"},
    "pre": {"tabindex", "role", "aria-label"}, "span": {"class", "tabindex", "role", "aria-label"}, "td": {"class"}, "th": {"class"},
}
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
        return value if _OWN_PICTURE.fullmatch(value) else None
    if tag == "input" and name == "type":
        return "checkbox"
    if tag == "a" and name == "href":
        return value if urlsplit(value).scheme in {"", "http", "https", "mailto"} else None
    return value


@lru_cache(maxsize=4096)
def render(text: str, about: str = "", heading: int = 3) -> Markup:
    """A stem, explanation or guide as HTML.

    `about` tells code apart where many questions share a page ("question 14"); `heading` is what `#` becomes."""
    return _render(text, inline=False, about=about, heading=heading)


@lru_cache(maxsize=4096)
def render_inline(text: str) -> Markup:
    """A choice: no paragraph around it when it is a single one."""
    return _render(text, inline=True, about="", heading=3)


def _render(text: str, *, inline: bool, about: str, heading: int) -> Markup:
    if len(text) > LONGEST_TEXT:
        return Markup("<p>{}</p>").format(text)
    env: dict[str, Any] = {"inline": inline, "about": about, "heading": heading}
    pieces = _MARKDOWN.parse(text, env)
    if inline and [piece.type for piece in pieces] == ["paragraph_open", "inline", "paragraph_close"]:
        pieces = pieces[1:2]
    return Markup(_CLEANER.clean(_MARKDOWN.renderer.render(pieces, _MARKDOWN.options, env)))
