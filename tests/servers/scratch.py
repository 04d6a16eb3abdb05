"""Where throwaway databases lie: in memory where there is room, for half of a test's time is waiting for a disk."""

import os
import shutil
from pathlib import Path

MEMORY = Path("/dev/shm")
ROOM = 3 << 30
"""Bytes that have to be free: some clusters of PostgreSQL and what the tests that run hold at one time."""


def scratch() -> str | None:
    """A folder in memory; None where there is none, or too little of it: then the usual place is taken."""
    if not (MEMORY.is_dir() and os.access(MEMORY, os.W_OK)):
        return None
    return str(MEMORY) if shutil.disk_usage(MEMORY).free >= ROOM else None
