"""One candidate at a real server, over the standard library's HTTP."""

import http.client
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

JSON, HTML = "application/json", "text/html"


@dataclass(frozen=True)
class Reply:
    """What came back; header names are small."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def json(self) -> Any:
        return json.loads(self.text)


class Candidate:
    """Asha, who sits `mock-1` as a guest and answers its single-choice questions."""

    def __init__(self, port: int) -> None:
        self.port, self.cookie, self.seq, self.acknowledged = port, "", 0, 0
        started = self._ask("POST", "/papers/mock-1/attempts")
        assert started.status == 201, started.text
        self.cookie = started.headers["set-cookie"].partition(";")[0]
        self.code = started.json["code"]

    def save(self, number: int) -> Reply:
        """The next save of a right answer; to question 1 it is written down when it is called saved."""
        self.seq += 1
        form = {"choice": "o1" if number == 1 else "o2", "seq": self.seq, "tab": "t"}
        reply = self._ask("POST", f"/attempts/{self.code}/responses/{number}", form)
        if reply.status == 200 and number == 1:
            self.acknowledged = self.seq
        return reply

    def press(self, number: int) -> Reply:
        """A save as a plain form sends it."""
        return self._ask("POST", f"/attempts/{self.code}/responses/{number}", {"choice": "o3", "then": "next"}, HTML)

    def hand_in(self) -> Reply:
        return self._ask("POST", f"/attempts/{self.code}/submission")

    def get(self, path: str) -> Reply:
        return self._ask("GET", path)

    def stored(self, number: int) -> Any:
        sections = self.get(f"/attempts/{self.code}").json["sections"]
        return [each for section in sections for each in section["questions"]][number - 1]

    @property
    def score(self) -> str:
        """What question 1 earns; no save of another was ever kept."""
        return "3"

    def _ask(self, method: str, path: str, form: Any = None, accept: str = JSON) -> Reply:
        headers = {"Accept": accept, "Content-Type": "application/x-www-form-urlencoded", "Cookie": self.cookie}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, urlencode(form or {}), headers)
            answer = connection.getresponse()
            found = {name.lower(): value for name, value in answer.getheaders()}
            return Reply(answer.status, found, answer.read().decode())
        finally:
            connection.close()
