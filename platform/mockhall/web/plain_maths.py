"""A formula as readable text in one line, such as 1/2, x² or √2: for headlines, where no MathML can stand."""

import re
from collections import deque

LONGEST = 400  # characters that are read; a headline shows fewer
_DEEPEST = 20
_TOKENS = re.compile(r"\\[A-Za-z]+\s*|\\.|\s+|.", re.DOTALL)
_GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "zeta": "ζ", "eta": "η", "theta": "θ",
    "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ",
    "tau": "τ", "upsilon": "υ", "phi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ",
    "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
    "varepsilon": "ε", "vartheta": "ϑ", "varphi": "φ",
}  # fmt: skip
_SIGNS = _GREEK | {
    "infty": "∞", "partial": "∂", "nabla": "∇", "sum": "∑", "prod": "∏", "int": "∫", "circ": "∘", "prime": "′",
    "degree": "°", "forall": "∀", "exists": "∃", "emptyset": "∅", "angle": "∠", "triangle": "△", "neg": "¬",
    "ldots": "…", "dots": "…", "cdots": "⋯", "langle": "⟨", "rangle": "⟩", "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈",
    "rceil": "⌉", "hbar": "ħ", "ell": "ℓ", "%": "%", "$": "$", "&": "&", "#": "#", "_": "_", "{": "{", "}": "}",
    "|": "‖", "vert": "|", "backslash": "\\", ",": " ", ";": " ", ":": " ", " ": " ", "quad": " ", "qquad": " ",
    "\\": " ", "!": "",
}  # fmt: skip
_BETWEEN = {
    "times": "×", "div": "÷", "pm": "±", "mp": "∓", "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥", "ne": "≠",
    "neq": "≠", "approx": "≈", "equiv": "≡", "sim": "∼", "propto": "∝", "to": "→", "rightarrow": "→", "leftarrow": "←",
    "Rightarrow": "⇒", "Leftrightarrow": "⇔", "implies": "⇒", "iff": "⇔", "in": "∈", "notin": "∉", "subset": "⊂",
    "subseteq": "⊆", "cup": "∪", "cap": "∩", "land": "∧", "wedge": "∧", "lor": "∨", "vee": "∨", "oplus": "⊕",
    "mid": "|", "bmod": "mod", "perp": "⊥", "parallel": "∥", "lt": "<", "gt": ">",
}  # fmt: skip
_CLOSE = {"cdot": "·", "ast": "∗", "star": "⋆"}
_OVER = {"bar": "\u0304", "overline": "\u0304", "hat": "\u0302", "vec": "\u20d7", "dot": "\u0307", "tilde": "\u0303"}
_FRACTIONS = {"frac", "dfrac", "tfrac", "cfrac"}
# What only says how something looks: what it stands around is read without it.
_LOOKS = {
    "text", "textbf", "textit", "texttt", "mathrm", "mathbf", "mathit", "mathsf", "mathbb", "mathcal", "operatorname",
    "left", "right", "big", "Big", "bigg", "Bigg", "displaystyle", "textstyle", "limits", "nolimits", "boxed", "mbox",
}  # fmt: skip
_RAISED = str.maketrans("0123456789+-−=()ni∘′", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ°′")
_LOWERED = str.maketrans("0123456789+-−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
_ONE_THING = re.compile(r"√?[\w.′°%]+")


def in_line(latex: str) -> str:
    """The formula as text; a command that has no sign is read by its name."""
    tokens = deque(_TOKENS.findall(latex[:LONGEST]))
    read = ""
    while tokens:
        read += _group(tokens, 0)
    return " ".join(read.split())


def _group(tokens: deque[str], depth: int) -> str:
    """All up to the brace that closes it, or to the end."""
    read = ""
    while tokens:
        token = tokens.popleft()
        if token == "}":
            break
        read += _read(token, tokens, depth)
    return read


def _read(token: str, tokens: deque[str], depth: int) -> str:
    if depth > _DEEPEST:
        return ""
    if token == "{":
        return _group(tokens, depth + 1)
    if token == "^":
        return _moved(_next(tokens, depth), _RAISED, token)
    if token == "_":
        return _moved(_next(tokens, depth), _LOWERED, token)
    if token.startswith("\\"):
        return _command(token[1:].rstrip() or " ", tokens, depth)
    return " " if token in "&~" else token


def _command(name: str, tokens: deque[str], depth: int) -> str:
    if name in _FRACTIONS:
        return f"{_whole(_next(tokens, depth))}/{_whole(_next(tokens, depth))}"
    if name == "sqrt":
        return f"{_root(tokens, depth)}√{_whole(_next(tokens, depth))}"
    if name in _OVER:
        below = _next(tokens, depth)
        return below + _OVER[name] if len(below) == 1 else below
    if name in {"begin", "end"}:
        _next(tokens, depth)
        return " "
    if name in _LOOKS:
        return ""
    if name in _BETWEEN:
        return f" {_BETWEEN[name]} "
    if name in _SIGNS or name in _CLOSE:
        return _SIGNS.get(name) or _CLOSE.get(name, "")
    return name if tokens and tokens[0] in "^_({" else f"{name} "


def _next(tokens: deque[str], depth: int) -> str:
    """What a command or a raised place takes: one group, or one sign."""
    while tokens and tokens[0].isspace():
        tokens.popleft()
    if not tokens or tokens[0] == "}":
        return ""
    return _read(tokens.popleft(), tokens, depth + 1).strip()


def _root(tokens: deque[str], depth: int) -> str:
    """Which root it is, where that is said: ³√."""
    if not tokens or tokens[0] != "[":
        return ""
    said = ""
    while tokens and (token := tokens.popleft()) != "]":
        said += _read(token, tokens, depth + 1) if token != "[" else ""
    return _moved(said.strip(), _RAISED, "^")


def _moved(text: str, table: dict[int, int], sign: str) -> str:
    """Raised or lowered where there are signs for all of it."""
    if all(ord(each) in table for each in text):
        return text.translate(table)
    return f"{sign}{text}" if len(text) == 1 else f"{sign}({text})"


def _whole(text: str) -> str:
    return text if _ONE_THING.fullmatch(text) else f"({text})"
