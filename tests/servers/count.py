"""A function that counts how often it is called."""

from collections.abc import Callable
from typing import Any


class Counted:
    """In place of `call`."""

    def __init__(self, call: Callable[..., Any]) -> None:
        self.call, self.count = call, 0

    def __call__(self, *given: Any, **named: Any) -> Any:
        self.count += 1
        return self.call(*given, **named)
