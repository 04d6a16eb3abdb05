"""Program text as a figure with a caption and five colours."""

from itertools import groupby

from markupsafe import escape
from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Keyword, Name, Number, Operator, String, _TokenType

LONGEST_CODE = 3_000
"""Characters that are coloured. Lexers look back: Java's takes minutes for ten thousand blank lines, half a second for
these."""
LONG_LINE = 36  # characters that fit a phone; longer ones get the Wrap switch

_COLOURS = (
    (Keyword, "k"),
    (Operator.Word, "k"),
    (String, "s"),
    (Comment, "c"),
    (Number, "m"),
    (Name.Function, "n"),
    (Name.Class, "n"),
    (Name.Decorator, "n"),
)

_LANGUAGES = {"python": "Python", "sql": "SQL", "json": "JSON", "bash": "Shell", "http": "HTTP", "html": "HTML"}


# Pygments knows six hundred, some of which take hours over a page made for that; these were tried with such pages.
COLOURED = frozenset({
    "bash", "c", "c++", "console", "cpp", "css", "docker", "dockerfile", "go", "html", "http", "ini", "java",
    "javascript", "js", "json", "kotlin", "nginx", "php", "postgres", "postgresql", "pycon", "py", "python", "python3",
    "r", "ruby", "rust", "sh", "shell", "sql", "toml", "ts", "typescript", "xml", "yaml", "yml",
})  # fmt: skip


def _colour(kind: _TokenType) -> str:
    """One of the five colours of the design, or none."""
    return next((name for family, name in _COLOURS if family in kind.split()), "")


def highlighted(source: str, language: str) -> str:
    """Code with its keywords, strings, comments, names and numbers in spans; long or unknown code stays plain."""
    if language.lower() not in COLOURED or len(source) > LONGEST_CODE:
        return str(escape(source))
    lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    coloured = [(_colour(kind), text) for kind, text in lexer.get_tokens(source)]
    if "".join(text for _, text in coloured) != source:  # some leave a last line out
        return str(escape(source))
    runs = ((name, escape("".join(text for _, text in run))) for name, run in groupby(coloured, lambda part: part[0]))
    return "".join(f'<span class="{name}">{text}</span>' if name else str(text) for name, text in runs)


def figure(source: str, language: str, caption: str, about: str) -> str:
    """A block of code with its caption and, where lines are long, the switch that wraps them (no script: `:has()`)."""
    first = next((line.strip() for line in source.splitlines() if line.strip()), "")
    name = ", ".join(part for part in (f"Code {caption or first[:60]}".strip(), about) if part)
    wrap = ""
    if any(len(line) > LONG_LINE for line in source.splitlines()):
        wrap = '<label class="button quiet small"><input class="wrap" type="checkbox"> Wrap</label>'
    shown = escape(caption or _LANGUAGES.get(language, language))
    head = f"<figcaption><span>{shown}</span>{wrap}</figcaption>" if caption or wrap else ""
    body = highlighted(source, language)
    return (
        f'<figure class="code">{head}<pre tabindex="0" role="region" aria-label="{escape(name)}"><code>{body}'
        "</code></pre></figure>\n"
    )
