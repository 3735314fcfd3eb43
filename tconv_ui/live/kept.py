"""Answers kept: the latest that were asked for, within a number of them."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from tconv_ui.live.views import Answer

MOST = 256
"""The largest answer over all settings takes 0.09 MB: all together at most 23 MB."""


class Kept:
    """Answers by question; the one not asked for longest makes room.

    `functools.lru_cache` cannot say whether an answer is at hand without computing it.

    >>> kept = Kept(most=1)
    >>> kept.put("a", Answer(b"1", "text/plain")), kept.put("b", Answer(b"2", "text/plain"))
    (None, None)
    >>> kept.get("a"), kept.get("b").body
    (None, b'2')
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._answers: OrderedDict[object, Answer] = OrderedDict()
        self._lock = Lock()

    def get(self, question: object) -> Answer | None:
        """Return the answer to a question, if it is at hand."""
        with self._lock:
            if question in self._answers:
                self._answers.move_to_end(question)
            return self._answers.get(question)

    def put(self, question: object, answer: Answer) -> None:
        """Keep the answer to a question."""
        with self._lock:
            self._answers[question] = answer
            self._answers.move_to_end(question)
            while len(self._answers) > self._most:
                self._answers.popitem(last=False)
