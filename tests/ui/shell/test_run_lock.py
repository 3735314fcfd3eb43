"""Runs take turns; nobody is held up for ever, and the app itself runs within one."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from tconv_ui.layer import state
from tconv_ui.shell import run_lock
from tests.pages.lab import Lab


def _in_a_thread(work: Callable[[], object]) -> threading.Thread:
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


def is_taken() -> bool:
    """Whether somebody has the turn, as another thread finds."""
    found: list[bool] = []

    def look() -> None:
        if free := run_lock.TURN.acquire(blocking=False):
            run_lock.TURN.release()
        found.append(not free)

    _in_a_thread(look).join(30)
    return found[0]


def test_a_second_run_waits_until_the_first_has_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_lock, "MOST_WAIT", 60.0)
    second = threading.Event()

    def run() -> None:
        with run_lock.run_lock():
            second.set()

    with run_lock.run_lock():
        thread = _in_a_thread(run)
        assert not second.wait(0.1)
    thread.join(30)
    assert second.is_set()


def test_a_long_run_is_not_waited_for_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_lock, "MOST_WAIT", 0.01)
    with run_lock.run_lock():
        done = threading.Event()

        def run() -> None:
            with run_lock.run_lock():
                done.set()

        _in_a_thread(run).join(30)
        assert done.is_set()
        assert is_taken(), "who did not get the turn must not give it back"
    assert not is_taken()


def test_a_run_that_fails_gives_its_turn_back() -> None:
    with pytest.raises(KeyError), run_lock.run_lock():
        raise KeyError("stopped half-way")
    assert not is_taken()


def test_the_app_runs_within_a_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []
    begin = state.begin_page

    def begun(page: str) -> None:
        seen.append(is_taken())
        begin(page)

    monkeypatch.setattr(state, "begin_page", begun)
    Lab()
    assert seen
    assert all(seen)
    assert not is_taken()
