"""The routes: who is answered, how long it keeps, and what happens when many ask at once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from tconv_ui.live.routes import AT_ONCE, LONGEST, WAITING, Live, live_routes
from tconv_ui.live.version import content_hash
from tconv_ui.live.views import Answer
from tconv_ui.shell.bundles import FOLDER, script_hash

HERE = f"/live/{content_hash()}"


@pytest.fixture
def client() -> TestClient:
    return TestClient(Starlette(routes=list(live_routes())))


def test_a_picture_is_kept_for_an_hour_by_whoever_asked(client: TestClient) -> None:
    answer = client.get(f"{HERE}/overlap?stride=3")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["cache-control"] == "private, max-age=3600"
    assert answer.content == client.get(f"{HERE}/overlap?stride=3&size=3").content
    assert answer.content != client.get(f"{HERE}/overlap?stride=1").content


def test_a_layer_that_is_none_is_a_sentence(client: TestClient) -> None:
    answer = client.get(f"{HERE}/step_by_step?padding=12")
    assert answer.status_code == 200
    assert answer.json()["refusal"].startswith("Padding 12 crops 24 of the 7 cells")


def test_older_scripts_are_told_to_reload(client: TestClient) -> None:
    answer = client.get("/live/0123456789ab/overlap")
    assert (answer.status_code, answer.json()) == (200, {"reload": True})
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("view", ["nowhere", "..", "%2e%2e", "overlap%00"])
def test_no_such_picture(client: TestClient, view: str) -> None:
    assert client.get(f"{HERE}/{view}").status_code == 404


def test_a_long_question_is_not_read(client: TestClient) -> None:
    assert client.get(f"{HERE}/overlap?x={'1' * LONGEST}").status_code == 414
    assert client.get(f"{HERE}/overlap?x={'1' * (LONGEST - 2)}").status_code == 200
    assert client.get(f"{HERE}/overlap?x={'1' * 60_000}").status_code == 414


def test_a_head_is_answered_and_a_post_is_not(client: TestClient) -> None:
    assert client.head(f"{HERE}/overlap").status_code == 200
    assert client.post(f"{HERE}/overlap").status_code == 405


def test_a_path_prefix_stands_before_the_routes() -> None:
    client = TestClient(Starlette(routes=list(live_routes("/lab/"))))
    assert client.get(f"/lab{HERE}/overlap").status_code == 200
    assert client.get(f"{HERE}/overlap").status_code == 404


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.js")), ids=lambda path: path.name)
def test_a_script_is_kept_for_ever_at_an_address_of_its_own(client: TestClient, path) -> None:
    answer = client.get(f"/scripts/{script_hash(path.name)}/{path.name}")
    assert answer.content == path.read_bytes()
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "immutable" in answer.headers["cache-control"]
    for wrong in (f"/scripts/x/{path.name}", f"/scripts/{script_hash(path.name)}/..%2fx.js"):
        assert client.get(wrong).status_code == 404


def test_beyond_a_short_queue_the_answer_is_later() -> None:
    going_on, begun = threading.Event(), threading.Semaphore(0)
    most = 0
    at_work = 0

    def compute(view: str, query: str) -> Answer:  # noqa: ARG001
        nonlocal at_work, most
        at_work += 1
        most = max(most, at_work)
        begun.release()
        assert going_on.wait(60)
        at_work -= 1
        return Answer(query.encode(), "application/octet-stream")

    live = Live(compute)
    app = Starlette(routes=[Route("/live/{hash}/{view}", live.answer)])
    with TestClient(app) as client, ThreadPoolExecutor(AT_ONCE + WAITING) as pool:

        def ask(seed: int) -> int:
            return client.get(f"{HERE}/overlap?seed={seed}").status_code

        waiting = [pool.submit(ask, seed) for seed in range(1, 1 + AT_ONCE + WAITING)]
        for _ in range(AT_ONCE):
            assert begun.acquire(timeout=60)
        while live.asked < AT_ONCE + WAITING:
            assert not going_on.wait(0.01)
        assert ask(99) == 503
        going_on.set()
        assert {each.result(60) for each in waiting} == {200}
        assert most == AT_ONCE
        assert live.asked == 0
        assert client.get(f"{HERE}/overlap?seed=1").content == b"seed=1"
