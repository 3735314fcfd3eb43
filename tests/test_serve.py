"""What serve.py sends with every answer, read without a server, and what the deployment says."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import re
import tomllib
from pathlib import Path

import pytest
import streamlit
from starlette.types import Message, Receive, Scope, Send

from serve import (
    CHARTS,
    HEADERS,
    INLINE_SCRIPT,
    POLICY,
    PRIVATE,
    TITLE,
    Previews,
)
from tconv_ui.pictures.uploads import MAX_BYTES

ROOT = Path(__file__).parents[1]
CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
OWN = {"'self'", "'none'", "'unsafe-inline'", "blob:", "data:", f"'{INLINE_SCRIPT}'"}


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_policy_lets_through_the_one_script_inside_streamlits_page() -> None:
    """A new Streamlit with another script fails here, not on a visitor's screen."""
    page = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    scripts = re.findall(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", page, re.DOTALL)
    hashes = [base64.b64encode(hashlib.sha256(it.encode()).digest()).decode() for it in scripts]
    assert [f"sha256-{each}" for each in hashes] == [INLINE_SCRIPT]


def test_streamlits_page_has_the_one_title_that_is_replaced() -> None:
    page = (Path(streamlit.__file__).parent / "static" / "index.html").read_bytes()
    assert page.count(TITLE) == page.count(b"<title") == 1


def answered(
    path: str, kind: str, *chunks: bytes, method: str = "GET"
) -> tuple[dict[str, str], bytes]:
    """Return the headers and the body that reach the browser of an answer sent in chunks."""
    sent: list[Message] = []

    async def app(scope: Scope, _receive: Receive, send: Send) -> None:
        if scope["method"] == "HEAD":
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body"})
            return
        length = str(sum(map(len, chunks))).encode()
        headers = [(b"content-type", kind.encode()), (b"content-length", length)]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        for chunk in chunks:
            more = chunk is not chunks[-1]
            await send({"type": "http.response.body", "body": chunk, "more_body": more})

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": b"size=4",
        "headers": [(b"host", b"lab.example.org"), (b"accept-encoding", b"gzip")],
        "scheme": "https",
        "server": ("127.0.0.1", 8501),
    }
    asyncio.run(Previews(app)(scope, receive, send))
    headers = {name.decode(): text.decode() for name, text in sent[0]["headers"]}
    return headers, b"".join(message.get("body", b"") for message in sent[1:])


@pytest.mark.parametrize("path", ["/solver", "/solver/", "/lab/solver"])
def test_a_page_is_named_in_its_html_however_it_is_cut(path: str) -> None:
    html = b"<head>" + TITLE + b"</head>"
    headers, body = answered(path, "text/html; charset=utf-8", html[:14], html[14:])
    assert int(headers["content-length"]) == len(body)
    assert TITLE not in body
    assert body.startswith("<head><title>Solver · Transposed Convolution Lab</title>".encode())
    above = "lab/" if path.startswith("/lab") else ""
    assert f'"https://lab.example.org/{above}solver"'.encode() in body
    assert f'"https://lab.example.org/{above}preview.png"'.encode() in body


@pytest.mark.parametrize(("path", "kind"), [("/solver", "text/plain"), ("/x.js", "text/html")])
def test_other_answers_are_left_as_they_are(path: str, kind: str) -> None:
    headers, body = answered(path, kind, TITLE[:5], TITLE[5:])
    assert body == TITLE
    assert int(headers["content-length"]) == len(TITLE)


def test_what_is_no_request_is_handed_on() -> None:
    """The server says that it starts, in a scope without a path."""
    seen: list[Scope] = []

    async def app(scope: Scope, _receive: Receive, _send: Send) -> None:
        seen.append(scope)

    async def receive() -> Message:
        return {"type": "lifespan.startup"}

    async def send(message: Message) -> None:
        raise AssertionError(message)

    asyncio.run(Previews(app)({"type": "lifespan"}, receive, send))
    assert seen == [{"type": "lifespan"}]


def test_the_charts_script_is_where_the_hint_says() -> None:
    assert CHARTS is not None
    assert CHARTS.is_file()


def test_the_policy_names_no_host() -> None:
    said = {source for sources in POLICY.values() for source in sources.split()}
    assert said <= OWN
    assert POLICY["default-src"] == "'self'"
    assert "'unsafe-inline'" not in POLICY["script-src"]
    assert HEADERS["Content-Security-Policy"].count(";") == len(POLICY) - 1


@pytest.mark.parametrize(
    ("section", "name", "value"),
    [
        ("server", "maxUploadSize", MAX_BYTES >> 20),
        ("server", "headless", True),
        ("browser", "gatherUsageStats", False),
        ("runner", "postScriptGC", False),
        ("client", "showErrorDetails", "none"),
        ("client", "toolbarMode", "viewer"),
    ],
)
def test_a_setting_is_what_the_docs_say(section: str, name: str, value: object) -> None:
    assert CONFIG[section][name] == value


def test_a_closed_tab_is_forgotten_within_two_minutes() -> None:
    assert 30 <= CONFIG["server"]["disconnectedSessionTTL"] <= 120
    assert CONFIG["server"]["maxUploadSize"] < CONFIG["server"]["maxMessageSize"] <= 50


def test_every_setting_that_differs_says_why() -> None:
    head = read(".streamlit/config.toml").split("[theme]")[0]
    settings = [line for line in head.splitlines() if "=" in line and not line.startswith("#")]
    known = {"headless", "gatherUsageStats"}
    assert [line for line in settings if "#" not in line and line.split()[0] not in known] == []


# What serves the app in earnest ---------------------------------------------------------------

NGINX = "deploy/nginx.conf"
SYSTEMD = "deploy/tconv-lab.service"


@pytest.mark.parametrize("name", [SYSTEMD, "Dockerfile", "Makefile", "README.md"])
def test_what_is_deployed_is_the_app_with_its_headers(name: str) -> None:
    assert re.search(r"streamlit\W+run\W+(\S*/)?serve\.py", read(name))


def test_nginx_leaves_the_headers_to_the_app_and_agrees_with_its_limits() -> None:
    text = read(NGINX)
    assert "add_header Content-Security-Policy" not in text
    assert f"client_max_body_size {(MAX_BYTES >> 20) + 1}m;" in text
    assert PRIVATE in text
    assert re.search(r"location ~ .*metrics.*\{\s*return 404;", text)
    for wanted in ("$cookie_replica", "consistent", "Set-Cookie", "Upgrade $http_upgrade"):
        assert wanted in text


def test_the_service_is_held_to_its_memory_and_comes_back() -> None:
    text = read(SYSTEMD)
    for wanted in ("MemoryMax=", "Restart=always", "NoNewPrivileges=yes", "DynamicUser=yes"):
        assert wanted in text


def test_the_container_is_nobodys_root_and_says_how_it_is() -> None:
    text = read("Dockerfile")
    user = re.findall(r"^USER (\S+)", text, re.MULTILINE)
    assert user
    assert user[-1] not in ("root", "0")
    assert re.search(r"^HEALTHCHECK .*\\\n.*_stcore/health", text, re.MULTILINE)
    assert text.index("\nUSER ") < text.index("\nCMD ")
    ignored = read(".dockerignore").split()
    assert {".git", ".venv", "tests"} <= set(ignored)


@pytest.mark.parametrize("path", ["/", "/overlap", "/lab/overlap"])
def test_head_tells_the_length_that_get_has(path: str) -> None:
    page = b"<html><title>Streamlit</title></html>"
    got, body = answered(path, "text/html", page)
    told, nothing = answered(path, "text/html", page, method="HEAD")
    assert nothing == b""
    assert told == got
    assert told["content-length"] == str(len(body))
