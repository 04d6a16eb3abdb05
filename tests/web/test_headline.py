"""A stem in one line: what a list shows of Markdown, formulas, pictures, code and gaps."""

import pytest

from mockhall.web.headline import headline
from mockhall.web.plain_maths import in_line


@pytest.mark.parametrize(
    ("stem", "expected"),
    [
        ("```python\nx\n```", "x"), ("\n\n  What is\n`x`?\n\nMore", "What is x? More"), ("", ""),
        ("# Title\n- one\n- two", "Title • one • two"), ("> Said &lt;b&gt; \\*so\\*", "Said <b> *so*"),
        ("Table:\n\n| a |\n|---|\n| 1 |\n\nHow many?", "Table: How many?"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "a b 1 2"),
        ("What is printed?\n```python\nimport re\n\nprint(`1`)\n```", "What is printed? print(`1`)"),
        ("a" * 300, "a" * 159 + "…"), ("word " * 60, ("word " * 31).strip() + "…"),
        ("x " * 70 + "`code that is very long indeed`", "x " * 70 + "code that is very…"),
        ("**Bold *and* `a*b*c`** by __init__, 2 * 3 * 4, snake_case", "Bold and a*b*c by init, 2 * 3 * 4, snake_case"),
        ("![A cell](/images/a.png) Which? ![](/images/b.png)", "A cell Which? Picture"),
        ("What is $ab$?![A curve](/images/a.png)And now?", "What is ab? A curve And now?"),
        ("Look (**![A cell](/images/a.png)**), at it![](/images/b.png).", "Look (A cell), at it Picture."),
        ("[The page](https://example.com) of `[[1]] def`, then [[2]]", "The page of ___ def, then ___"),
        ("It costs $5 or $6, not \\$7", "It costs $5 or $6, not $7"), ("$$\n\\frac{1}{2}\n$$ is $x^2$", "1/2 is x²"),
    ],
)  # fmt: skip
def test_a_headline_tells_a_stem_in_one_line(stem: str, expected: str) -> None:
    assert headline(stem) == expected


def test_a_page_shows_the_code_of_a_headline_as_code_and_nothing_else_as_markup() -> None:
    said = headline("Is `<b>` <i>bold</i>?" + " more" * 40, 30)
    assert said.__html__() == "Is <code>&lt;b&gt;</code> &lt;i&gt;bold&lt;/i&gt;? more…"
    assert type(said.plain) is str


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        ("\\frac{a+b}{2} \\le \\sqrt{2}", "(a+b)/2 ≤ √2"), ("\\frac12 x^{10} + y_1^2", "1/2 x¹⁰ + y₁²"),
        ("\\sqrt[3]{x+1} \\times 90^\\circ", "³√(x+1) × 90°"), ("e^{i\\pi} = -1", "e^(iπ) = -1"),
        ("\\log_2 n + \\sin x", "log₂ n + sin x"), ("\\text{speed} = 5\\,\\mathrm{m/s}", "speed = 5 m/s"),
        ("\\bar x = \\overline{AB}", "x\u0304 = AB"),
        ("\\begin{cases} 1 & 2 \\end{cases}", "1 2"), ("\\{1\\} \\cup \\unknown{x}", "{1} ∪ unknownx"),
        ("{" * 400, ""), ("\\frac" * 80, "…"), ("^}_}\\", ""),
    ],
)  # fmt: skip
def test_a_formula_is_read_in_a_line(latex: str, expected: str) -> None:
    read = in_line(latex)
    assert read == expected or (expected == "…" and len(read) < 1_000_000)


@pytest.mark.parametrize(
    "stem", ["&#xE000; here?", "&#61623; A bullet from Word", "`<b>` &#xE000;", "&#xF8FF;", "$x$ &#xE001;"]
)
def test_an_entity_of_a_private_sign_is_left_out(stem: str) -> None:
    said = headline(stem)
    assert "\ue000" not in said
    assert said.count("<b>") == stem.count("<b>")
