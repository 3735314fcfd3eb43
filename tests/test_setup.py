"""A fresh machine: what gets installed, which commands run, and which browser is found.

Nothing here touches the network: make prints its commands or runs them with a Python that only
records, and the programs that a machine has are small scripts in a temporary PATH.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests import find_chromium as finder

ROOT = Path(__file__).parents[1]


def program(path: Path, text: str) -> Path:
    """Write an executable script."""
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)
    assert os.access(path, os.X_OK)
    return path


def pretend_python(change: str) -> str:
    """Return a script that behaves as this Python after change, for `-c CODE` only."""
    code = f"import sys; {change}; exec(sys.argv[1])"
    return f'#!/bin/sh\nexec \'{sys.executable}\' -c "{code}" "$2"\n'


# --- Requirements -----------------------------------------------------------------------------


def requirements(name: str) -> dict[str, Requirement]:
    """Read a requirements file, leaving out comments and what it includes."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    texts = [line.split("#", maxsplit=1)[0].strip() for line in lines]
    read = [Requirement(text) for text in texts if text and not text.startswith("-r")]
    assert read
    return {requirement.name: requirement for requirement in read}


def test_the_app_needs_four_packages() -> None:
    assert set(requirements("requirements.txt")) == {"numpy", "pillow", "plotly", "streamlit"}


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_requirement_has_a_floor_and_a_cap(name: str) -> None:
    for each in requirements(name).values():
        assert sorted(bound.operator for bound in each.specifier) == ["<", ">="], each


# --- Makefile ---------------------------------------------------------------------------------


Make = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Run make on a copy of the set-up in a directory that holds nothing else."""
    for name in ("Makefile", "requirements.txt", "requirements-dev.txt", "requirements-bench.txt"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / "assets").mkdir()
    shutil.copy(ROOT / "assets" / "package-lock.json", tmp_path / "assets")
    mine = {"MAKEFLAGS", "MAKELEVEL", "MFLAGS", "PORT", "PYTHON"}
    environment = {key: value for key, value in os.environ.items() if key not in mine}

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["make", *arguments],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return run


def plan(make: Make, *arguments: str) -> list[str]:
    """Return the commands that make would run."""
    done = make("-n", *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def position(lines: list[str], text: str) -> int:
    """Return which command holds text, asserting that exactly one does."""
    found = [index for index, line in enumerate(lines) if text in line]
    assert len(found) == 1, (text, lines)
    return found[0]


RECORDER = """#!/bin/sh
if [ "$2" = venv ]; then mkdir -p .venv/bin; cp "$0" .venv/bin/python; cp "$0" .venv/bin/npm; fi
echo "$@" >> "${0%/.venv/bin/*}/log" 2>/dev/null || echo "$@" >> log
"""


def really_run(make: Make, root: Path, target: str) -> list[str]:
    """Run a target with a Python that only records its arguments; return them, a line a call."""
    python = program(root / "recorder", RECORDER)
    (root / "log").unlink(missing_ok=True)
    done = make(target, f"PYTHON={python}")
    assert done.returncode == 0, done.stderr
    return (root / "log").read_text(encoding="utf-8").splitlines()


def installs(calls: list[str]) -> list[str]:
    """Return what is installed: requirements files, and the scripts' packages."""
    of_pip = [call.split(" -r ")[1] for call in calls if call.startswith("-m pip install")]
    return of_pip + [call for call in calls if call.startswith("ci ")]


def test_run_on_a_fresh_machine_installs_the_app_only_then_serves_it(make: Make) -> None:
    lines = plan(make, "run")
    venv = position(lines, "python3 -m venv")
    install = position(lines, "install --quiet --disable-pip-version-check -r requirements.txt")
    serve = position(lines, "streamlit run serve.py")
    assert venv < install < serve
    assert "--server.port 8501" in lines[serve]
    assert "--server.headless true" in lines[serve]
    assert "requirements-dev.txt" not in "\n".join(lines)


def test_run_takes_another_port_and_another_python(make: Make) -> None:
    lines = plan(make, "run", "PORT=8600", "PYTHON=python3.99")
    assert "--server.port 8600" in lines[position(lines, "streamlit run serve.py")]
    assert position(lines, "python3.99 -m venv") >= 0


def test_test_on_a_fresh_machine_installs_then_runs_everything(make: Make) -> None:
    lines = plan(make, "test")
    order = [
        "python3 -m venv",
        "-r requirements-dev.txt",
        "ruff format --check .",
        "ruff check .",
        "-m mypy",
        "npm run --silent check",
        '-m pytest -m "not browser"',
        "-m pytest -m browser",
    ]
    positions = [position(lines, text) for text in order]
    assert positions == sorted(positions)
    tests = lines[positions[-1]]
    assert 'chromium="$(.venv/bin/python tests/find_chromium.py)" && CHROMIUM=' in tests
    assert tests.endswith("-m pytest -m browser")


@pytest.mark.parametrize(
    ("target", "installed"),
    [
        ("run", ["requirements.txt"]),
        ("test", ["requirements-dev.txt", "ci --silent --ignore-scripts"]),
    ],
)
def test_a_second_run_installs_nothing(
    make: Make, tmp_path: Path, target: str, installed: list[str]
) -> None:
    first = really_run(make, tmp_path, target)
    second = really_run(make, tmp_path, target)
    assert installs(first) == installed
    assert second == first[-len(second) :]
    assert not any("venv" in call or "pip" in call for call in second)


@pytest.mark.parametrize(
    ("target", "changed", "installed"),
    [
        ("run", "requirements.txt", "requirements.txt"),
        ("check", "requirements-dev.txt", "requirements-dev.txt"),
        ("check", "assets/package-lock.json", "ci --silent --ignore-scripts"),
    ],
)
def test_what_has_changed_is_installed_again(
    make: Make, tmp_path: Path, target: str, changed: str, installed: str
) -> None:
    really_run(make, tmp_path, "check")
    stamped = (tmp_path / ".venv" / ".node-installed").stat().st_mtime
    os.utime(tmp_path / changed, (stamped + 10, stamped + 10))
    assert installed in installs(really_run(make, tmp_path, target))


def test_an_environment_whose_python_is_gone_is_made_anew(make: Make, tmp_path: Path) -> None:
    really_run(make, tmp_path, "run")
    (tmp_path / ".venv" / "bin" / "python").unlink()
    assert installs(really_run(make, tmp_path, "run")) == ["requirements.txt"]


def test_an_older_python_is_refused_in_one_sentence(make: Make, tmp_path: Path) -> None:
    python = program(tmp_path / "old", pretend_python("sys.version_info = (3, 9, 18)"))
    done = make("run", f"PYTHON={python}")
    assert done.returncode != 0
    assert f"Python 3.11 or newer is needed and {python} is 3.9: name another" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / ".venv").exists()


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_a_python_without_venv_is_refused_in_one_sentence(
    make: Make, tmp_path: Path, module: str
) -> None:
    python = program(tmp_path / "bare", pretend_python(f"sys.modules[{module!r}] = None"))
    done = make("run", f"PYTHON={python}")
    assert done.returncode != 0
    assert f"{python} lacks venv or ensurepip: install them" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / ".venv").exists()


def test_a_missing_python_is_named(make: Make) -> None:
    done = make("run", "PYTHON=no-such-python")
    assert done.returncode != 0
    assert "Python 3.11 or newer is needed and 'no-such-python' was not found" in done.stderr


def test_help_is_the_default_and_names_each_command(make: Make) -> None:
    shown = make().stdout
    assert shown == make("help").stdout
    targets = "run check test bundle bench load scale samples pictures api clean"
    for target in targets.split():
        assert f"make {target} " in shown


# --- .ci/run ----------------------------------------------------------------------------------


def test_ci_runs_make_test_from_the_root(tmp_path: Path) -> None:
    program(tmp_path / "make", '#!/bin/sh\necho "$PWD" "$@"\nexit 7\n')
    done = subprocess.run(
        [ROOT / ".ci" / "run"],
        cwd=tmp_path,
        env={**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.stdout, done.returncode) == (f"{ROOT} test\n", 7)


# --- The browser ------------------------------------------------------------------------------


BROWSER = "#!/bin/sh\necho Chromium 1.2.3\n"
SNAP_ADVICE = "#!/bin/sh\necho 'requires the chromium snap' >&2\nexit 1\n"


class Machine:
    """A machine whose only programs are in one directory, and whose log is what was run."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.bin = root / "bin"
        self.bin.mkdir()
        self.log = root / "log"
        self.monkeypatch = monkeypatch
        monkeypatch.setenv("PATH", str(self.bin))
        monkeypatch.delenv("CHROMIUM", raising=False)
        self.user(1000)
        self.playwright("exit 1")

    def user(self, uid: int) -> None:
        self.monkeypatch.setattr(os, "geteuid", lambda: uid)

    def has(self, name: str, text: str = BROWSER) -> str:
        return str(program(self.bin / name, text))

    def logged(self, name: str, text: str) -> str:
        """Add a program that logs its arguments; its text may use the programs of this machine."""
        path = os.environ["PATH"] + ":/usr/bin:/bin"
        head = f"#!/bin/sh\nPATH='{path}'\necho {name} \"$@\" >> '{self.log}'\n"
        return self.has(name, head + text)

    def apt_get(self, installing: str) -> None:
        self.logged("apt-get", f'echo noise\nif [ "$1" = install ]; then\n{installing}\nfi\n')

    def playwright(self, text: str) -> None:
        """Let this Python's `-m playwright install` do text."""
        self.monkeypatch.setattr(sys, "executable", self.logged("python", text))

    def installs(self, name: str) -> str:
        """Return the shell text that puts a browser on this machine."""
        path = self.bin / name
        return f"printf '#!/bin/sh\\necho Chromium\\n' > '{path}'; chmod +x '{path}'"

    def ran(self) -> list[str]:
        """Return what was run, each shortened to the line that names it."""
        if not self.log.exists():
            return []
        lines = self.log.read_text(encoding="utf-8").splitlines()
        return [line for line in lines if line.startswith(("apt-get", "python"))]


APT = ["apt-get update", "apt-get install -y chromium"]
PLAYWRIGHT = "python -m playwright install chromium"


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    return Machine(tmp_path, monkeypatch)


def test_the_named_browser_comes_first(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    machine.has("chromium")
    named = machine.has("my-browser")
    monkeypatch.setenv("CHROMIUM", named)
    assert finder.find_chromium() == named
    monkeypatch.setenv("CHROMIUM", "my-browser")
    assert finder.find_chromium() == named


def test_a_named_browser_that_does_not_start_is_an_error(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.has("chromium")
    machine.has("broken", SNAP_ADVICE)
    monkeypatch.setenv("CHROMIUM", "broken")
    with pytest.raises(finder.BrowserNotFoundError, match="CHROMIUM is 'broken'"):
        finder.find_chromium()


def test_browsers_on_the_path_are_taken_in_order(machine: Machine) -> None:
    machine.user(0)
    machine.apt_get("exit 1")
    for name in ("google-chrome", "chromium-browser", "chromium"):
        better = machine.has(name)
        assert finder.find_chromium() == better
    assert machine.ran() == []


def test_a_browser_on_the_path_that_only_advises_is_passed_over(machine: Machine) -> None:
    machine.has("chromium-browser", SNAP_ADVICE)
    chrome = machine.has("google-chrome")
    assert finder.find_chromium() == chrome


def test_root_installs_chromium_with_apt(machine: Machine) -> None:
    machine.user(0)
    machine.apt_get(machine.installs("chromium"))
    assert finder.find_chromium() == str(machine.bin / "chromium")
    assert machine.ran() == APT


def test_others_leave_apt_alone(machine: Machine) -> None:
    machine.apt_get(machine.installs("chromium"))
    with pytest.raises(finder.BrowserNotFoundError):
        finder.find_chromium()
    assert machine.ran() == [PLAYWRIGHT]


@pytest.mark.parametrize("installing", ["exit 100", "true"])
def test_playwright_follows_when_apt_brings_nothing(machine: Machine, installing: str) -> None:
    machine.user(0)
    machine.apt_get(installing)
    downloaded = machine.bin / "downloaded"
    machine.playwright(
        f'[ "$1" = -c ] && echo "{downloaded}" || {{ {machine.installs(downloaded.name)}; }}'
    )
    assert finder.find_chromium() == str(downloaded)
    assert machine.ran()[:3] == [*APT, PLAYWRIGHT]


def test_a_machine_that_can_get_no_browser_is_told_what_to_do(
    machine: Machine, capfd: pytest.CaptureFixture[str]
) -> None:
    machine.user(0)
    machine.apt_get("exit 100")
    assert finder.main() == 1
    shown = capfd.readouterr()
    assert shown.out == ""
    assert shown.err.splitlines()[-1].startswith("The browser tests need a browser")
    assert "set CHROMIUM to its path" in shown.err
    assert machine.ran() == [*APT, PLAYWRIGHT]


def test_only_the_path_is_on_standard_output(
    machine: Machine, capfd: pytest.CaptureFixture[str]
) -> None:
    machine.user(0)
    machine.apt_get(machine.installs("chromium"))
    assert finder.main() == 0
    shown = capfd.readouterr()
    assert shown.out == f"{machine.bin / 'chromium'}\n"
    assert "noise" in shown.err
