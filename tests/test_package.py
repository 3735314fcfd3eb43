"""The lab as a package: what the wheel holds, and that it works where it is installed.

Nothing here touches the network. The wheel is built by the hatchling of requirements-dev.txt, and
installed without its dependencies into a fresh environment that finds them in this one.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import sysconfig
import threading
import time
import urllib.error
import urllib.request
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import pytest
from packaging.requirements import Requirement

from serve import HEADERS
from tconv_lab.__main__ import WINDOW, main, open_when_served
from tests.pages.lab import PAGES
from tests.serving import answers_health, free_port

ROOT = Path(__file__).parents[1]
WINDOWS = sys.platform == "win32"


def run(*command: str | Path, cwd: Path, environment: dict[str, str] | None = None) -> str:
    """Run a command to its end, asserting that it succeeds; return what it prints."""
    done = subprocess.run(
        command,
        cwd=cwd,
        env=environment or clean_environment(),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def clean_environment(**more: str) -> dict[str, str]:
    """Return this process's environment without what would show Python the working copy."""
    return {**{name: it for name, it in os.environ.items() if name != "PYTHONPATH"}, **more}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder]
    run(*build, cwd=ROOT, environment=dict(os.environ))
    (found,) = folder.glob("*.whl")
    return found


@dataclass(frozen=True)
class Installed:
    """A fresh environment with the wheel in it, and an empty folder to work in."""

    programs: Path
    packages: Path
    folder: Path

    def python(self, code: str, cwd: Path | None = None) -> str:
        return run(self.programs / "python", "-c", code, cwd=cwd or self.folder)


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    root = tmp_path_factory.mktemp("environment")
    venv.create(root, symlinks=not WINDOWS)
    scheme = {name: str(root) for name in ("base", "platbase")}
    packages = Path(sysconfig.get_path("purelib", "venv", scheme))
    programs = Path(sysconfig.get_path("scripts", "venv", scheme))
    here = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (packages / "dependencies.pth").write_text("\n".join(sorted(here)), encoding="utf-8")
    pip = [sys.executable, "-m", "pip", "--python", programs / "python"]
    run(*pip, "install", "--no-index", "--no-deps", "--no-cache-dir", wheel, cwd=root)
    return Installed(programs, packages, tmp_path_factory.mktemp("elsewhere"))


# What the wheel holds --------------------------------------------------------------------------


def files_below(*names: str) -> set[str]:
    """Return the project's files there, without what Python compiled and npm installed."""
    found = [path for name in names for path in [ROOT / name, *(ROOT / name).rglob("*")]]
    assert all((ROOT / name).exists() for name in names)
    return {
        path.relative_to(ROOT).as_posix()
        for path in found
        if path.is_file() and not {"__pycache__", "node_modules"} & set(path.parts)
    }


def test_the_wheel_holds_the_core_and_the_whole_app(wheel: Path) -> None:
    app = files_below("app.py", "serve.py", ".streamlit", "pages", "tconv_ui")
    app |= {name for name in files_below("assets") if name.endswith((".png", ".svg"))}
    app |= files_below("assets/bundles", "assets/fonts")
    wanted = files_below("tconv_core", "tconv_lab") | {f"tconv_lab/app/{name}" for name in app}
    with ZipFile(wheel) as packed:
        held = {name for name in packed.namelist() if ".dist-info/" not in name}
    assert {"tconv_lab/app/.streamlit/config.toml", "tconv_lab/app/pages/home.py"} <= held
    assert held == wanted


def test_it_depends_on_what_the_app_requires(wheel: Path) -> None:
    with ZipFile(wheel) as packed:
        (name,) = (each for each in packed.namelist() if each.endswith(".dist-info/METADATA"))
        metadata = message_from_bytes(packed.read(name))
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    wanted = {Requirement(line) for line in lines if line and not line.startswith("#")}
    assert {Requirement(each) for each in metadata.get_all("Requires-Dist", [])} == wanted
    assert metadata["Requires-Python"] == ">=3.11"


# What is installed ------------------------------------------------------------------------------


def test_a_notebook_has_the_core(installed: Installed) -> None:
    code = """
import json, sys, numpy as np, tconv_core as tc
y = tc.conv_transpose2d(np.ones((1, 2, 2)), np.ones((1, 1, 3, 3)), stride=2)
print(json.dumps([tc.__file__, y[0].tolist(), sorted(sys.modules)]))
"""
    path, output, modules = json.loads(installed.python(code))
    assert Path(path).parent == installed.packages / "tconv_core"
    line = np.array([1, 1, 2, 1, 1])
    assert output == np.outer(line, line).tolist()
    assert not {"streamlit", "plotly", "PIL"} & set(modules)


def test_the_command_says_what_it_takes(installed: Installed) -> None:
    said = run(installed.programs / "tconv-lab", "--help", cwd=installed.folder)
    assert "--port" in said
    assert "--headless" in said


@pytest.mark.parametrize("port", ["0", "65536", "80a", "-1"])
def test_a_port_that_is_none_is_refused_in_one_sentence(port: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tconv_lab", f"--port={port}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert f"'{port}' is not a port: give a number from 1 to 65535" in done.stderr
    assert "Traceback" not in done.stderr


def test_every_page_opens_from_the_wheel(installed: Installed) -> None:
    folder = installed.packages / "tconv_lab" / "app"
    code = f"""
from streamlit.testing.v1 import AppTest
import json, sys
lab = AppTest.from_file("app.py", default_timeout=60)
seen = []
for page in {list(PAGES.values())}:
    lab.switch_page(page)
    lab.run()
    seen.append([page, lab.title[0].value, [error.message for error in lab.exception]])
print(json.dumps([seen, sys.modules["tconv_ui"].__file__]))
"""
    seen, where = json.loads(installed.python(code, folder).splitlines()[-1])
    assert seen == [[page, title, []] for title, page in PAGES.items()]
    assert Path(where).parent == folder / "tconv_ui"


@contextmanager
def started(program: Path, folder: Path, port: int, *more: str) -> Iterator[Path]:
    """Run `tconv-lab` until it answers and until the block ends.

    Yields:
        A file with a line for each browser window it opened.
    """
    windows, browser = folder / "windows", folder / "browser"
    windows.write_text("", encoding="utf-8")
    browser.write_text(f"#!/bin/sh\necho \"$1\" >> '{windows}'\n", encoding="utf-8")
    browser.chmod(0o755)
    process = subprocess.Popen(
        [program, f"--port={port}", *more],
        cwd=folder,
        env=clean_environment(BROWSER=f"{browser} %s"),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        up = answers_health(f"http://localhost:{port}", process, timeout=60)
        assert up, process.communicate(timeout=20)[0]
        yield windows
    finally:
        process.terminate()
        process.communicate(timeout=20)


def test_the_command_serves_the_app_with_its_headers_and_opens_a_window(
    installed: Installed,
) -> None:
    port = free_port()
    address = f"http://localhost:{port}"
    with started(installed.programs / "tconv-lab", installed.folder, port) as windows:
        with urllib.request.urlopen(f"{address}/_stcore/health", timeout=20) as answer:
            assert answer.read() == b"ok"
        with urllib.request.urlopen(f"{address}/overlap", timeout=20) as answer:
            sent = {name: answer.headers[name] for name in HEADERS}
        assert sent == HEADERS
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(f"{address}/_stcore/metrics", timeout=20)
        for _ in range(100):
            if opened := windows.read_text(encoding="utf-8"):
                break
            time.sleep(0.1)
        assert opened == f"{address}\n"
        second = subprocess.run(
            [installed.programs / "tconv-lab", f"--port={port}"],
            cwd=installed.folder,
            env=clean_environment(),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert second.returncode == 1
    assert second.stderr == (
        f"Port {port} is taken: name another, as in tconv-lab --port {port + 1}\n"
    )


@pytest.mark.parametrize(("arguments", "windows"), [([], 1), (["--headless"], 0)])
def test_a_window_is_opened_unless_headless(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str], windows: int
) -> None:
    """In a working copy, with Streamlit's own command left out."""
    port, opened, served = free_port(), [], []
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(sys, "argv", ["tconv-lab", f"--port={port}", *arguments])
    monkeypatch.setattr("streamlit.web.cli.main", lambda: served.append(Path.cwd()))
    monkeypatch.setattr("tconv_lab.__main__.open_when_served", opened.append)
    main()
    for thread in threading.enumerate():
        if thread.name == WINDOW:
            thread.join(20)
    assert served == [ROOT]
    assert opened == [port] * windows
    assert sys.argv[:3] == ["streamlit", "run", "serve.py"]


def test_the_window_waits_for_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    open_when_served(free_port(), seconds=0.4)
    assert opened == []
    with socket.create_server(("localhost", 0)) as listener:
        port = listener.getsockname()[1]
        open_when_served(port)
    assert opened == [f"http://localhost:{port}"]
