"""What a call costs, as a ratio: a busy machine slows both sides of it alike."""

import time
from collections.abc import Callable

_NOISE = 0.05  # seconds of work that no comparison is made below


def work(call: Callable[[], object]) -> float:
    """Seconds this thread works on the call, the least of three; other threads of the process don't count."""

    def once() -> float:
        start = time.thread_time()
        call()
        return time.thread_time() - start

    return min(once() for _ in range(3))


def growth(small: Callable[[], object], large: Callable[[], object]) -> float:
    """How many times the work of `small` that of `large` is; 1 where it is too little to tell."""
    least, most = work(small), work(large)
    return most / max(least, _NOISE / 10) if most > _NOISE else 1.0
