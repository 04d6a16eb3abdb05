"""Question text to HTML: Markdown without HTML, formulas as MathML, code in five colours, sanitised at the end.

Whatever the steps before make, the sanitiser decides what reaches a page.
"""

from collections.abc import MutableMapping, Sequence
from functools import lru_cache
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token as Piece
from markdown_it.utils import OptionsDict
from markupsafe import Markup, escape
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.dollarmath.index import math_inline_dollar

from mockhall.web.codeblocks import figure, highlighted
from mockhall.web.formulas import formula
from mockhall.web.sanitise import OWN_PICTURE, clean

LONGEST_TEXT = 40_000  # characters; more than that is shown as it was typed

_Env = MutableMapping[str, Any]


class _Renderer(RendererHTML):
    """Our own form of code, tables, pictures, formulas and headings."""

    def fence(self, pieces: Sequence[Piece], at: int, _options: OptionsDict, env: _Env) -> str:
        """``` python main.py: the language, then the caption."""
        language, _, caption = pieces[at].info.strip().partition(" ")
        source = pieces[at].content.rstrip("\n")
        if env["inline"]:  # a switch inside a choice's label would choose instead of wrapping
            return f"<pre><code>{highlighted(source, language)}</code></pre>"
        return figure(source, language, caption.strip(), env["about"])

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
        return f'<img src="{escape(source)}" alt="{words}" loading="lazy">' if OWN_PICTURE.fullmatch(source) else words

    def table_open(self, _pieces: Sequence[Piece], _at: int, _options: OptionsDict, _env: _Env) -> str:
        """A wide table scrolls by itself."""
        return '<div class="scroll-x" tabindex="0" role="group" aria-label="Table"><table>\n'

    def td_open(self, pieces: Sequence[Piece], at: int, _options: OptionsDict, _env: _Env) -> str:
        """Numbers stand right: the alignment comes as a style, which we don't allow."""
        return f"<{pieces[at].tag}{' class=num' if 'right' in str(pieces[at].attrGet('style')) else ''}>"

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
    return Markup(clean(_MARKDOWN.renderer.render(pieces, _MARKDOWN.options, env)))
