"""Two replicas behind nginx: visitors stay with theirs, and outlive it.

`make scale`. nginx runs with deploy/nginx.conf, ports apart. Fifty visitors upload through it; then
browsers open a view, one replica is killed without a word, and its visitors' next move is timed.
Exits with 1 if an upload fails, a view is another one, or anybody waits for more than 5 seconds.
"""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.cookies import SimpleCookie
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from PIL import Image
from playwright.sync_api import Browser, Page

from benchmarks.visitors import Visitor
from tests.serving import ROOT, Server, browsing, free_port
from tests.ui.pictures.costly_files import encode

UPLOADS = 50
BROWSERS = 6
MOST_SECONDS = 5.0
VIEW = {"size": "5", "kernel": "4", "stride": "3", "padding": "0"}
CONFIG = ROOT / "deploy" / "nginx.conf"


@dataclass(frozen=True, slots=True)
class Site:
    """The replicas, and the address in front of them."""

    replicas: list[Server]
    address: str
    log: Path

    def replica_of(self, mark: str) -> Server:
        """Return the replica that a request with this mark in its line was handed to last."""
        lines = [line for line in self.log.read_text("utf-8").splitlines() if mark in line]
        port = int(lines[-1].split()[0].split(",")[-1].rsplit(":", 1)[1])
        return next(server for server in self.replicas if server.port == port)


@contextmanager
def site() -> Iterator[Site]:
    """Serve two replicas behind nginx.

    Raises:
        FileNotFoundError: There is no nginx: apt-get install nginx-light.
    """
    nginx = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
    if nginx is None:
        raise FileNotFoundError("nginx is not installed: apt-get install nginx-light")
    with ExitStack() as stack:
        replicas = [Server(ROOT / "serve.py") for _ in range(2)]
        for server in replicas:
            stack.callback(server.stop)
            server.start()
        folder = Path(stack.enter_context(TemporaryDirectory()))
        port = free_port()
        path = folder / "nginx.conf"
        path.write_text(_nginx(folder, port, [it.port for it in replicas]), encoding="utf-8")
        command = [nginx, "-p", str(folder), "-c", str(path), "-e", str(folder / "error.log")]
        subprocess.run([*command, "-t", "-q"], check=True)
        process = subprocess.Popen(command)
        stack.callback(process.wait)
        stack.callback(process.terminate)
        _wait_for(f"http://localhost:{port}/_stcore/health")
        yield Site(replicas, f"http://localhost:{port}", folder / "access.log")


def upload_through(site: Site, number: int) -> tuple[str, int]:
    """Visit and upload a picture as one more visitor; return their cookie and the status."""
    cookies: SimpleCookie = SimpleCookie()
    for path in ("/", "/_stcore/host-config", "/_stcore/health"):
        header = "; ".join(f"{name}={it.value}" for name, it in cookies.items())
        request = urllib.request.Request(site.address + path, headers={"Cookie": header})
        with urllib.request.urlopen(request, timeout=30) as answer:
            for text in answer.headers.get_all("Set-Cookie") or []:
                cookies.load(text)
    header = "; ".join(f"{name}={it.value}" for name, it in cookies.items())
    status = asyncio.run(_upload(site, header, cookies["_streamlit_xsrf"].value, number))
    return cookies["replica"].value, status


async def _upload(site: Site, cookies: str, token: str, number: int) -> int:
    file = encode(Image.new("RGB", (64, 48), (number, 99, 0)), "PNG")
    edge = b"--edge--"
    body = BytesIO()
    body.write(b"--" + edge + b'\r\nContent-Disposition: form-data; name="f"; filename="f.png"\r\n')
    body.write(b"Content-Type: image/png\r\n\r\n" + file + b"\r\n--" + edge + b"--\r\n")
    async with Visitor(site.address, cookies=cookies) as visitor:
        request = urllib.request.Request(
            f"{site.address}/_stcore/upload_file/{visitor.session_id}/{number}",
            data=body.getvalue(),
            method="PUT",
            headers={
                "Cookie": cookies,
                "X-Xsrftoken": token,
                "Content-Type": f"multipart/form-data; boundary={edge.decode()}",
            },
        )
        return await asyncio.to_thread(_status, request)


def _status(request: urllib.request.Request) -> int:
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def _nginx(folder: Path, port: int, replicas: list[int]) -> str:
    """Return deploy/nginx.conf with ports of our own, and what a whole configuration needs."""
    text = CONFIG.read_text(encoding="utf-8")
    for old, new in zip(("127.0.0.1:8501", "127.0.0.1:8502"), replicas, strict=True):
        text = text.replace(old, f"127.0.0.1:{new}")
    text = text.replace("listen 80;", f"listen {port}; listen [::]:{port};")
    kept = "\n".join(
        f"{name}_temp_path {folder}/{name};"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    return (
        f"daemon off; pid {folder}/pid; events {{ }}\nhttp {{\n{kept}\n"
        f"log_format handed '$upstream_addr \"$request\" $status $request_time';\n"
        f"access_log {folder}/access.log handed;\n{text}\n}}\n"
    )


def _wait_for(address: str) -> None:
    for _ in range(100):
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"{address} does not answer.")


def _open(browser: Browser, site: Site, number: int) -> tuple[Page, Server]:
    """Open the view in a browser of its own; return it and its replica."""
    page = browser.new_context().new_page()
    page.goto(f"{site.address}/step_by_step?{urlencode(VIEW)}")
    page.wait_for_selector(".player canvas")
    page.wait_for_timeout(800)
    mark = f"mark{number}"
    page.evaluate("(mark) => fetch('/_stcore/health?' + mark)", mark)
    page.wait_for_timeout(300)
    return page, site.replica_of(mark)


def _said(page: Page) -> str:
    return page.locator(".player figure.output figcaption span").inner_text()


def _after_a_kill(browser: Browser, site: Site) -> tuple[int, list[float], int]:
    """Kill the first visitor's replica; return how many it had, their waits, and views changed."""
    visitors = [_open(browser, site, number) for number in range(BROWSERS)]
    before = {id(page): _said(page) for page, _ in visitors}
    dead = visitors[0][1]
    hers = [page for page, server in visitors if server is dead]
    dead.kill()
    begun, waits, changed = time.monotonic(), [], 0
    for page in hers:
        same = before[id(page)]
        changed += _said(page) != same
        while _said(page) == same and time.monotonic() < begun + 60:
            page.locator(".st-key-dilation input[type=range]").press("ArrowRight")
            page.wait_for_timeout(250)
        waits.append(time.monotonic() - begun)
        kept = dict(pair.split("=") for pair in page.url.partition("?")[2].split("&"))
        changed += any(kept.get(name) != value for name, value in VIEW.items())
    return len(hers), waits, changed


def main() -> int:
    """Print what was seen; return 1 if a promise is broken."""
    with site() as found:
        answers = [upload_through(found, number) for number in range(UPLOADS)]
        statuses = Counter(status for _, status in answers)
        good = statuses[204]
        lines = [line for line in found.log.read_text("utf-8").splitlines() if '"PUT ' in line]
        shares = Counter(line.split()[0] for line in lines)
        print(f"Uploads: {good} of {UPLOADS} taken; by replica {sorted(shares.values())}")
        metrics = _status(urllib.request.Request(f"{found.address}/_stcore/metrics"))
        print(f"Metrics asked for through nginx: {metrics}")
        with browsing() as browser:
            hers, waits, changed = _after_a_kill(browser, found)
    print(f"Killed a replica of {hers} of {BROWSERS} browsers: the last of its visitors saw their")
    print(f"next move answered after {max(waits):.1f} s; views that changed: {changed}")
    kept = good == UPLOADS and metrics == 404 and max(waits) <= MOST_SECONDS and not changed
    print("Every promise is kept." if kept else "A promise is broken.")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
