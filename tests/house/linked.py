"""What one page leads to."""

from html.parser import HTMLParser


class Page(HTMLParser):
    """Links, forms, ids and htmx targets of one page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[tuple[str, str]] = []
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what leads somewhere."""
        has = {name: value or "" for name, value in attrs}
        self.ids += [has["id"]] if "id" in has else []
        self.targets += [has["hx-target"]] if "hx-target" in has else []
        self.links += [has[name] for name in ("href", "src", "hx-get") if name in has and tag != "use"]
        if tag == "form":
            self.forms.append((has.get("method", "get").upper(), has.get("action", "")))
        self.forms += [("POST", has[name]) for name in ("hx-post", "formaction") if name in has]
