#!/usr/bin/env python3
"""Start the Partnership Explorer, or run its tests, on a computer that has Python and nothing else.

    python3 start.py            opens the app with the demo network and prints its address
    python3 start.py tests      runs the tests
    python3 start.py setup      only fetches what the app needs
    python3 start.py docker     starts the app on a Neo4j of its own in Docker, for several people

The first run fetches the needed packages into this folder; the system's Python is left as it is. Later runs
start at once. Options go on to the app (--server.port 9000) or to pytest (tests/unit -k dates). With --neo4j a
real Neo4j is fetched, too: the app then runs on it, and the tests run on both engines. For Docker the first run
writes a password into the file .env; options go on to `docker compose up`.
"""

from __future__ import annotations  # read by Python 3.8 as well, which is then told what is needed

import hashlib
import json
import os
import re
import secrets
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv"
OWN_UV = ROOT / ".uv"
SETTINGS = ROOT / ".env"
INCOMING = ROOT / "incoming"
STAMP = ENVIRONMENT / "start.json"
UV_VERSION = "0.13.9"
OLDEST_UV = (0, 13)
PYTHONS = ((3, 11), (3, 12), (3, 13), (3, 14))
NEEDS_PYTHON = "The Partnership Explorer needs Python 3.11, 3.12, 3.13 or 3.14"
THIS_PYTHON = f"this is Python {sys.version_info[0]}.{sys.version_info[1]}"
USABLE = sys.version_info[:2] in PYTHONS
WINDOWS = os.name == "nt"
BIN = "Scripts" if WINDOWS else "bin"
MODULES = {"app": "explorer.command", "tests": "pytest"}


class SetupFailed(Exception):
    """The set-up cannot go on; the sentence says why and what to do."""


def main(arguments: list[str]) -> int:
    """Do what the arguments say; returns the exit code."""
    what, rest = wish(arguments)
    if what == "help":
        print(__doc__)
        return 0 if {"-h", "--help"} & set(rest) else 2
    if what == "docker":
        return docker(rest)
    neo4j = "--neo4j" in rest
    rest = [word for word in rest if word != "--neo4j"]
    parts = (["tests"] if what == "tests" else []) + (["neo4j"] if neo4j else [])
    try:
        set_up(parts)
    except SetupFailed as failure:
        print(failure, file=sys.stderr)
        return 2
    if what == "setup":
        print("Ready: python3 start.py opens the app.")
        return 0
    if neo4j and what == "app":
        os.environ["EXPLORER_ENGINE"] = "neo4j"
    os.chdir(ROOT)
    return become([str(python()), "-m", MODULES[what], *(rest or usual(what))])


def usual(what: str) -> list[str]:
    """What the module is told where nothing else is said: all tests run side by side, each file in one process."""
    if what != "tests":
        return []
    # one more than there are cores, as much is waiting for engines and pages; and in the order of their folders:
    # files of few tests, which may be long ones, would come last otherwise
    return ["-n", str(min((os.cpu_count() or 1) + 1, 4)), "--dist", "loadfile", "--no-loadscope-reorder"]


def wish(arguments: list[str]) -> tuple[str, list[str]]:
    """What to do (app, tests, setup, docker or help), and the words that go on to it."""
    first, rest = (arguments[0], arguments[1:]) if arguments else ("app", [])
    if first in ("-h", "--help"):
        return "help", arguments
    if first in MODULES:
        return first, rest
    if first.startswith("-"):
        return "app", arguments
    if first == "docker":
        return first, rest
    if first == "setup" and not set(rest) - {"--neo4j"}:
        return first, rest
    return "help", []


def docker(options: list[str]) -> int:
    """Start Neo4j and the app in Docker; the first time with a password that is made here."""
    os.chdir(ROOT)
    if not shutil.which("docker") or attempt(["docker", "compose", "version"]) is not None:
        print("Docker with its compose command is needed. Install Docker Engine 24 or newer.", file=sys.stderr)
        return 2
    keep_password()
    INCOMING.mkdir(exist_ok=True)
    code = subprocess.call(["docker", "compose", "up", "--detach", "--build", "--wait", *options])
    if not code:
        tell("The app is at http://localhost:8501. Load the demo: docker compose run --rm loader load /data/demo")
    return code


def keep_password() -> None:
    """Write a password for Neo4j into the file .env, for this user's eyes only, unless one stands there."""
    text = SETTINGS.read_text(encoding="utf-8") if SETTINGS.exists() else ""
    if re.search(r"^\s*NEO4J_PASSWORD\s*=\s*\S", text, re.MULTILINE):
        return
    if text and not text.endswith("\n"):
        text += "\n"
    fresh = SETTINGS.with_name(".env.new")
    fresh.touch(mode=0o600)
    fresh.write_text(f"{text}NEO4J_PASSWORD={secrets.token_hex(16)}\n", encoding="utf-8")
    os.replace(fresh, SETTINGS)
    tell("A password for Neo4j stands in the file .env now.")


def set_up(parts: list[str]) -> None:
    """Bring the packages of the lock file into the folder's own environment, unless they are there."""
    there = stamped()
    if set(parts) <= set(there or []) and there is not None:
        return
    began = time.time()
    tool = uv()
    tell("Fetching the packages: this once, a minute or two ...")
    command = [tool, "sync", "--quiet", "--frozen", "--inexact"]
    command += ["--group", "dev"] if "tests" in parts else []
    command += ["--extra", "neo4j"] if "neo4j" in parts else []
    command += interpreter()
    if said := synced(command):
        print(said, file=sys.stderr)
        raise SetupFailed(
            "The packages could not be fetched (see above). "
            + ("Look at the network connection and start again." if USABLE else f"{NEEDS_PYTHON}; {THIS_PYTHON}.")
        )
    STAMP.write_text(json.dumps({"of": fingerprint(), "parts": sorted(set(parts) | set(there or []))}))
    tell(f"Ready after {time.time() - began:.0f} s.")


def synced(command: list[str]) -> str:
    """Run uv; empty when it went well, else what it said."""
    environment = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    environment["UV_PROJECT_ENVIRONMENT"] = str(ENVIRONMENT)
    said = ""
    # the second try is for offices that read all traffic, with a certificate of their own
    for certificates in ({}, {"UV_SYSTEM_CERTS": "true"}):
        run = subprocess.run(
            command, stderr=subprocess.PIPE, cwd=ROOT, env={**environment, **certificates}, check=False
        )
        if not run.returncode:
            return ""
        said = said or run.stderr.decode("utf-8", "replace").strip() or f"exit code {run.returncode}"
    return said


def stamped() -> list[str] | None:
    """Parts that an earlier run has brought in for this very lock file; None if the app's own are not there."""
    try:
        stamp = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return None
    return stamp["parts"] if stamp.get("of") == fingerprint() and python().exists() else None


def fingerprint() -> str:
    """A text that changes when the packages, or the place of this folder, do."""
    text = b"".join((ROOT / name).read_bytes() for name in ("uv.lock", "pyproject.toml"))
    return hashlib.sha256(text + str(ROOT).encode()).hexdigest()


def python() -> Path:
    """The Python of the folder's own environment."""
    return ENVIRONMENT / BIN / ("python.exe" if WINDOWS else "python")


def interpreter() -> list[str]:
    """Which Python uv is to take: the one there, this one, another of this computer; fetched only if none fits."""
    if python().exists():
        return []
    if USABLE:
        return ["--python", sys.executable, "--no-python-downloads"]
    for major, minor in reversed(PYTHONS):
        found = shutil.which(f"python{major}.{minor}")
        if found:
            return ["--python", found, "--no-python-downloads"]
    tell(f"{NEEDS_PYTHON}; {THIS_PYTHON}, so another one is fetched.")
    return ["--python", "3.13"]


def uv() -> str:
    """The tool that fetches packages: the computer's own if it is new enough, else one fetched into this folder."""
    own = OWN_UV / BIN / ("uv.exe" if WINDOWS else "uv")
    for tool in (shutil.which("uv"), str(own)):
        if tool and uv_version(tool) >= OLDEST_UV:
            return tool
    tell(f"Fetching uv {UV_VERSION}, which fetches the rest ...")
    shutil.rmtree(OWN_UV, ignore_errors=True)
    fetch = ["install", "--quiet", "--no-input", "--disable-pip-version-check", "--only-binary", ":all:"]
    fetch.append("uv==" + UV_VERSION)
    said = attempt([sys.executable, "-m", "pip", *fetch, "--target", str(OWN_UV)])
    if said is not None:
        shutil.rmtree(OWN_UV, ignore_errors=True)
        made = attempt([sys.executable, "-m", "venv", str(OWN_UV)])
        said_too = made or attempt([str(OWN_UV / BIN / "python"), "-m", "pip", *fetch])
        if said_too is not None:
            raise SetupFailed(
                f"uv could not be fetched, neither by pip ({said}) nor in a virtual environment ({said_too}). "
                "Install pip (on Debian: apt-get install python3-pip), or look at the network connection, "
                "and start again."
            )
    return str(own)


def uv_version(tool: str) -> tuple[int, ...]:
    """Version of a uv; (0,) if it does not run."""
    try:
        said = subprocess.run(
            [tool, "--version"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT, check=False
        )
    except OSError:
        return (0,)
    found = re.match(rb"uv (\d+)\.(\d+)", said.stdout)
    return tuple(int(part) for part in found.groups()) if found else (0,)


def attempt(command: list[str]) -> str | None:
    """Run a command; None when it went well, else the last line that it said."""
    environment = dict(os.environ, PIP_USER="0", PIP_REQUIRE_VIRTUALENV="0")
    try:
        run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment, check=False)
    except OSError as error:
        return str(error)
    lines = run.stdout.decode("utf-8", "replace").strip().splitlines()
    return (lines[-1].strip() if lines else f"exit code {run.returncode}") if run.returncode else None


def become(command: list[str]) -> int:
    """Go on as another program, so that Ctrl-C and signals reach it and nothing stands between."""
    sys.stdout.flush()
    if not WINDOWS:
        os.execv(command[0], command)  # noqa: S606 (no shell is wanted)
    try:
        return subprocess.call(command)
    except KeyboardInterrupt:
        return 130


def tell(line: str) -> None:
    """One calm line."""
    print(line, flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
