"""Question text: what authors may write, and what must never reach a page."""

import re
from collections.abc import Callable

import pytest

from mockhall.web.codeblocks import COLOURED, highlighted
from mockhall.web.formulas import formula
from mockhall.web.richtext import LONGEST_TEXT, render, render_inline
from tests.cost import growth

SCRIPTS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><animate onbegin=alert(1)></svg>",
    "<style>*{display:none}</style><p style='position:fixed'>x</p>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt&colon;alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox)",
    "<javascript:alert(1)>",
    "![x](javascript:alert(1))",
    '![x](x" onerror="alert(1))',
    '[x](/a "t\\" onmouseover=\\"alert(1)")',
    "$\\href{javascript:alert(1)}{x}$",
    "$\\style{position:fixed}{x}$",
    "$\\html{<script>alert(1)</script>}$",
    "$\\text{<img src=x onerror=alert(1)>}$",
    "$\\text{</math><script>alert(1)</script>}$",
    "$\\unknown{<svg onload=alert(1)>}$",
    '```python"><script>alert(1)</script>\nx\n```',
    '```python a" onfocus="alert(1)\nx = 1\n```',
    "```\n</code></pre><script>alert(1)</script>\n```",
    "`</code><script>alert(1)</script>`",
    "| <script>alert(1)</script> |\n|---|\n| <b onclick=alert(1)>x</b> |",
    "<math><mi href='javascript:alert(1)'>x</mi></math>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<form action=//evil><input name=then><button>x</button></form>",
    "\x00<scr\x00ipt>alert(1)</script>",
]
FORBIDDEN = re.compile(r"</?(script|svg|style|iframe|form|button|object|embed|link|meta|base)\b", re.IGNORECASE)
ALLOWED_ATTRIBUTES = re.compile(
    r" (class|href|title|rel|src|alt|loading|type|tabindex|role|aria-label|start|display|displaystyle|scriptlevel|width"
    r'|stretchy|accent|accentunder|lspace|rspace|notation)(="[^"]*")?'
)


def tags(html: str) -> list[str]:
    """Every tag as the browser will see it."""
    return re.findall(r"<[^>]*>", html)


@pytest.mark.parametrize("attack", SCRIPTS)
@pytest.mark.parametrize("way", [render, render_inline])
def test_no_markup_of_the_authors_own_gets_through(attack: str, way: Callable[[str], str]) -> None:
    html = str(way(attack))
    for tag in tags(html):
        assert not FORBIDDEN.match(tag), html
        rest = ALLOWED_ATTRIBUTES.sub("", tag)
        assert re.fullmatch(r"</?[a-z0-9]+/?>", rest), (tag, html)
        assert not re.search(r"""(href|src)="\s*(javascript|data|vbscript):""", tag, re.IGNORECASE), html


def test_markdown_becomes_html() -> None:
    assert render("**a** *b* `c`") == "<p><strong>a</strong> <em>b</em> <code>c</code></p>\n"
    assert "<ul>\n<li>a</li>" in render("- a\n- b")
    assert '<th class="num">n</th>' in render("| n |\n|--:|\n| 1 |")


def test_a_single_paragraph_stands_bare_in_a_choice() -> None:
    assert render_inline("`a` and *b*") == "<code>a</code> and <em>b</em>"
    assert render_inline("a\n\nb") == "<p>a</p>\n<p>b</p>\n"


def test_code_in_a_choice_brings_no_switch_of_its_own() -> None:
    html = render_inline("```python\n" + "x = 1  # " + "long " * 20 + "\n```")
    assert "<input" not in html
    assert "<pre><code>x = " in html


def test_code_has_a_caption_five_colours_and_a_name() -> None:
    html = render('```python main.py\ndef f(x=1):  # why\n    return "a"\n```')
    assert "<figcaption><span>main.py</span></figcaption>" in html
    assert 'role="region" aria-label="Code main.py"' in html
    assert set(re.findall(r'<span class="(\w+)">', html)) == {"k", "n", "m", "c", "s"}


def test_long_lines_bring_the_wrap_switch() -> None:
    assert 'class="wrap" type="checkbox"' in render("```\n" + "x" * 40 + "\n```")
    assert "checkbox" not in render("```\nshort\n```")


def test_many_questions_on_a_page_share_no_name_and_no_id() -> None:
    text = "```python\nx = 1\n```"
    first, second = render(text, about="question 1"), render(text, about="question 2")
    assert 'aria-label="Code x = 1, question 1"' in first
    assert first != second
    assert " id=" not in first


@pytest.mark.parametrize("language", sorted(COLOURED))
def test_no_language_we_offer_leaves_anything_out(language: str) -> None:
    for source in ("x < 1", "$ ls\n>>> x < 1\nTrue"):
        assert re.sub("<[^>]*>", "", highlighted(source, language)) == source.replace("<", "&lt;").replace(">", "&gt;")


@pytest.mark.parametrize(
    ("language", "source"),
    [("systemd", "\t " * 10_000), ("autohotkey", " \n" * 10_000), ("java", "\n\n" * 10_000), ("c", "\n" * 20_000)],
)
def test_code_written_to_hold_a_lexer_up_stays_plain(language: str, source: str) -> None:
    assert highlighted(source, language) == source


def test_code_of_an_unknown_language_is_shown_plain() -> None:
    assert highlighted("a < b", "klingon") == "a &lt; b"
    assert render("```klingon\na < b\n```").endswith("<code>a &lt; b</code></pre></figure>\n")


def test_code_keeps_its_blank_lines_and_spaces() -> None:
    assert "<code>\n\n  a\n\nb</code>" in render("```\n\n\n  a\n\nb\n```")


def test_formulas_become_mathml() -> None:
    assert render("$x^2$") == "<p><math><msup><mi>x</mi><mn>2</mn></msup></math></p>\n"
    assert 'class="math-block"' in render("$$\nx\n$$")
    assert '<math display="block">' in render("a $$x$$ b")


def test_a_formula_may_open_a_text_that_ends_in_a_digit() -> None:
    assert render("$n$ is 3") == "<p><math><mi>n</mi></math> is 3</p>\n"


def test_prices_are_no_formulas() -> None:
    assert "<math" not in render("It costs $5, then $10, and \\$3 in all.")


def test_what_is_no_latex_is_shown_as_typed() -> None:
    assert formula("\\nonsense{<b>}") == '<code class="math-error">\\nonsense{&lt;b&gt;}</code>'


def test_styles_of_formulas_become_classes() -> None:
    html = formula("\\begin{array}{|c|}\\hline a\\end{array}\\color{red}x")
    assert " style=" not in html
    assert 'class="m-bl m-bt"' in html


def test_equations_are_not_numbered() -> None:
    assert "(1)" not in formula("\\begin{align}a&=b\\end{align}")


# Each of these, given to the converter, ends the whole process or takes long.
HUGE_FORMULAS = [
    "{" * 100_000,
    "{" * 900 + "x" + "}" * 900,
    "{%}\n" * 400,
    "\\sqrt{" * 300 + "x" + "}" * 300,
    "x^{" * 500 + "}" * 500,
    "\\hat " * 400 + "x",
    "\\left(" * 300,
    "\\begin{matrix}" * 130,
    "\\def\\a{{{{{{{{{{\\b}}}}}}}}}}\\def\\b{\\a}\\a",
    "\\newcommand{\\a}{\\a\\a}\\a",
    "x" * 200_000,
]


@pytest.mark.parametrize("latex", HUGE_FORMULAS, ids=[latex[:12] for latex in HUGE_FORMULAS])
def test_huge_and_deep_formulas_are_shown_as_typed(latex: str) -> None:
    assert formula(latex).startswith('<code class="math-error">')


def test_an_ordinary_long_formula_is_converted() -> None:
    row = "a_{11} & \\frac{\\sqrt{b_{12}}}{\\left(c + d\\right)^{2}} & \\sum_{i=1}^{n} x_i \\\\ "
    assert formula("\\begin{pmatrix}" + row * 8 + "\\end{pmatrix}").startswith("<math>")


BIG = {
    "quotes": "> ",
    "brackets": "[",
    "stars": "*a ",
    "links": "[a](",
    "pictures": "![",
    "emphasis": "**_",
    "ticks": "`",
    "lists": "- ",
    "backslashes": "\\",
    "angles": "<",
    "fences": "```\n",
    "formulas": "$x$ ",
    "dollars": "$",
    "words": "word ",
}


@pytest.mark.parametrize("size", [LONGEST_TEXT, 200_000])
@pytest.mark.parametrize("piece", BIG.values(), ids=BIG.keys())
def test_the_work_for_a_text_grows_with_its_length_and_not_with_the_square_of_it(piece: str, size: int) -> None:
    small, large = (piece * size)[: size // 4], (piece * size)[:size]
    assert growth(lambda: render(small), lambda: render(large)) < 10
    assert render(large)


def test_deep_nesting_ends_somewhere() -> None:
    html = render("> " * 1_000 + "x")
    assert html.count("<blockquote>") < 30


def test_links_leave_nothing_behind() -> None:
    assert 'href="https://example.org/a?b=1&amp;c=2" rel="noopener nofollow"' in render(
        "[x](https://example.org/a?b=1&c=2)"
    )
    assert 'href="/guides/x" rel="noopener nofollow"' in render("[x](/guides/x)")
    assert 'href="mailto:a@example.org"' in render("[x](mailto:a@example.org)")
    assert "ftp:" not in re.sub(r">[^<]*<", "><", render("[x](ftp://example.org)"))


@pytest.mark.parametrize(
    "source", ["http://evil.example/x.png", "//evil.example/x.png", "data:image/png;base64,AAAA", "https:evil"]
)
def test_pictures_of_other_hosts_are_only_their_words(source: str) -> None:
    html = render(f"![a graph]({source})")
    assert "<img" not in html


@pytest.mark.parametrize("source", ["/pictures/a.png", "pictures/a.png", "a.png"])
def test_pictures_of_this_server_are_shown(source: str) -> None:
    assert f'<img src="{source}" alt="a graph" loading="lazy">' in render(f"![a graph]({source})")


def test_headings_fit_under_the_page() -> None:
    assert render("# a") == "<h3>a</h3>\n"
    assert render("# a", heading=2) == "<h2>a</h2>\n"
    assert render("###### a") == "<h6>a</h6>\n"


def test_other_scripts_and_astral_characters_stay_whole() -> None:
    assert render_inline("हिन्दी ₹500 𝒙 שלום") == "हिन्दी ₹500 𝒙 שלום"
