"""LaTeX to MathML, refusing what the converter can't stand; a formula it can't read is shown as typed."""

import re
from typing import Final

from markupsafe import escape
from math_core import LatexError, LatexToMathML

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
    "text-align: left": "m-left",
    "text-align: right": "m-right",
    "border-left": "m-bl",
    "border-right": "m-br",
    "border-top": "m-bt",
    "border-bottom": "m-bb",
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
