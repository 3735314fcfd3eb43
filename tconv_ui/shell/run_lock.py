"""One script run at a time: how a process serves a crowd without its threads in each other's way.

Streamlit gives each run a thread, and sends a page as some seventy messages from another. Python
runs one thread at a time; when several wait, each message waits for its turn among them. A run that
waits until the one before it has ended comes out sooner than one that shares with it.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

MOST_WAIT = 1.0
"""Seconds: a run that takes long, such as a large picture's, holds nobody up for longer."""
TURN = threading.RLock()


@contextmanager
def run_lock() -> Iterator[None]:
    """Wait until no other run has its turn, or MOST_WAIT has passed, and take it.

    Who has the turn may take it again, as a page's body does within the page.

    >>> with run_lock(), run_lock():
    ...     "both"
    'both'
    """
    taken = TURN.acquire(timeout=MOST_WAIT)
    try:
        yield
    finally:
        if taken:
            TURN.release()
