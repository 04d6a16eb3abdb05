"""What a browser would send of a form in a page: its filled, ticked and chosen controls, without its buttons."""

from html.parser import HTMLParser


class _Controls(HTMLParser):
    """Collects names and values as a form is read."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: dict[str, list[str]] = {}
        self._area: str | None = None
        self._text = ""
        self._select: tuple[str, list[tuple[str, bool]]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A control begins; an input is whole already."""
        has = {name: value or "" for name, value in attrs}
        if tag == "input" and "name" in has and (has.get("type") not in {"checkbox", "radio"} or "checked" in has):
            self._send(has["name"], has.get("value", ""))
        elif tag == "textarea":
            self._area, self._text = has.get("name"), ""
        elif tag == "select":
            self._select = (has["name"], []) if "name" in has else None
        elif tag == "option" and self._select:
            self._select[1].append((has.get("value", ""), "selected" in has))

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        """A tall field or a choice has ended; of a tall field the first line's end is dropped."""
        if tag == "textarea" and self._area:
            self._send(self._area, self._text.removeprefix("\n"))
            self._area = None
        elif tag == "select" and self._select and self._select[1]:
            name, options = self._select
            self._send(name, next((value for value, chosen in options if chosen), options[0][0]))
            self._select = None

    def _send(self, name: str, value: str) -> None:
        self.sent.setdefault(name, []).append(value)


def sent_by(form: str) -> dict[str, list[str]]:
    """Each name with its values, in the order of the page."""
    controls = _Controls()
    controls.feed(form)
    controls.close()
    return controls.sent
