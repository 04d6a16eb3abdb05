"""Our scripts as they are sent: without comments, and a page's modules in one file where each by itself weighs more."""

import re
from collections.abc import Iterator, Mapping
from posixpath import dirname, join, normpath, relpath

# Lines that are comments and nothing else; one empty line stays for each, so that a fault's line number holds.
_COMMENT = re.compile(rb"^[ \t]*(?://.*|/\*\*.*|\* .*\*/[ \t]*)$", re.MULTILINE)
_IMPORT = re.compile(r'^import (?:(?:\* as (\w+)|\{ ([^}]*) \}) from )?"(\.{1,2}/[\w./-]+)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async )?function|const) (\w+)", re.MULTILINE)


def without_comments(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Comments are for who reads the source, and a fifth of the weight."""
    return {name: _COMMENT.sub(b"", body) for name, body in files.items() if name.startswith("js/")}


def joined(files: Mapping[str, bytes], entry: str) -> dict[str, bytes]:
    """`entry` with every module it imports, each in a function of its own; the others only point into it.

    Twenty requests have twenty heads, and twenty small texts compress badly. A module that is loaded later imports the
    others by their names as ever, and gets the ones that run already. ValueError where a module can't be joined."""
    order: list[str] = []
    _visit(files, entry, order, ())
    parts = [_wrapped(name, files[name].decode()) for name in order]
    listed = ", ".join(f'"{name}": {_variable(name)}' for name in order)
    whole = "\n".join([*parts, f"export const modules = {{ {listed} }};", ""])
    stubs = {name: _stub(name, entry, files[name].decode()) for name in order if name != entry}
    return {entry: whole.encode(), **stubs}


def _visit(files: Mapping[str, bytes], name: str, order: list[str], above: tuple[str, ...]) -> None:
    if name in above:
        raise ValueError(f"{name} imports itself by way of {above[-1]}")
    if name in order:
        return
    for wanted in _imports(name, files[name].decode()):
        _visit(files, wanted, order, (*above, name))
    order.append(name)


def _imports(name: str, text: str) -> Iterator[str]:
    for match in _IMPORT.finditer(text):
        yield normpath(join(dirname(name), match[3]))


def _variable(name: str) -> str:
    return "$" + re.sub(r"\W", "_", name.removesuffix(".js"))


def _wrapped(name: str, text: str) -> str:
    """The module as a function that returns what it exports."""

    def bound(match: re.Match[str]) -> str:
        source = _variable(normpath(join(dirname(name), match[3])))
        if match[1]:
            return f"const {match[1]} = {source};"
        return f"const {{ {match[2].replace(' as ', ': ')} }} = {source};" if match[2] else ""

    exports = ", ".join(match[2] for match in _EXPORT.finditer(text))
    body = _EXPORT.sub(r"\1 \2", _IMPORT.sub(bound, text))
    if left := re.search(r"^(?:import|export)\b.*", body, re.MULTILINE):
        raise ValueError(f"{name}: {left[0]} can't be joined; write one import a line, and export const or function")
    return f"const {_variable(name)} = (() => {{\n{body.strip()}\nreturn {{ {exports} }};\n}})();"


def _stub(name: str, entry: str, text: str) -> bytes:
    there = relpath(entry, dirname(name))
    there = there if there.startswith(".") else f"./{there}"
    exports = ", ".join(match[2] for match in _EXPORT.finditer(text))
    return f'import {{ modules }} from "{there}";\nexport const {{ {exports} }} = modules["{name}"];\n'.encode()
