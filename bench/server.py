"""Real server processes for the measures: the site on an instance of its own, and the floor."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.floor import make_floor

ROOT = Path(__file__).resolve().parent.parent
SITE = [sys.executable, "-m", "flask", "--app", "app"]
PATIENCE = 60.0


class BenchError(Exception):
    """The bench cannot go on; the message says why."""


@dataclass(frozen=True)
class Server:
    """A running server. `first_answer` is how many seconds it took from its start to its first answer."""

    process: subprocess.Popen[bytes]
    host: str
    port: int
    first_answer: float

    @property
    def url(self) -> str:
        """The address without a slash at its end."""
        return f"http://{self.host}:{self.port}"

    def memory(self) -> dict[int, int]:
        """Resident bytes of each of its processes, by process id; empty on a system without /proc."""
        pids = [self.process.pid, *_children(self.process.pid)]
        sizes = {pid: _resident_bytes(pid) for pid in pids}
        return {pid: size for pid, size in sizes.items() if size}

    def worker_memory(self) -> int:
        """Resident bytes of the largest process under the server's own: a worker."""
        return max((size for pid, size in self.memory().items() if pid != self.process.pid), default=0)


def make_instance(folder: Path) -> None:
    """Make a demo instance whose limits on requests are off. Only a bench may have one."""
    run_site(folder, "prepare", "--demo")
    with sqlite3.connect(folder / "site.db") as connection:
        connection.execute("INSERT INTO instance_facts (name, value) VALUES ('bench', '1')")
    connection.close()


def run_site(folder: Path, *command: str) -> str:
    """Run one of the site's commands on an instance; answers what it printed. Raises BenchError."""
    done = subprocess.run(
        [*SITE, *command],
        cwd=ROOT,
        env=_environment(CFC_INSTANCE=str(folder)),
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise BenchError(f"`flask {' '.join(command)}` failed:\n{done.stderr.decode(errors='replace')}")
    return done.stdout.decode()


@contextmanager
def site_server(folder: Path, workers: int = 1) -> Iterator[Server]:
    """The site, as its own start command runs it."""
    port = _free_port()
    environment = _environment(CFC_INSTANCE=str(folder), CFC_PORT=str(port), CFC_WORKERS=str(workers))
    with _running([*SITE, "serve"], environment, port, "/healthz", folder / "server.log") as server:
        yield server


@contextmanager
def floor_server(folder: Path, page_bytes: int, workers: int = 1) -> Iterator[Server]:
    """The floor, under the same server with the same number of workers and threads."""
    file = folder / "floor.db"
    make_floor(file, page_bytes)
    port = _free_port()
    environment = _environment(FLOOR_DATABASE=str(file))
    command = [sys.executable, "-m", "bench.serve_floor", str(port), str(workers)]
    with _running(command, environment, port, "/", folder / "floor.log") as server:
        yield server


@contextmanager
def _running(
    command: list[str], environment: Mapping[str, str], port: int, path: str, log: Path
) -> Iterator[Server]:
    started = time.perf_counter()
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _wait_for_answer(process, f"http://127.0.0.1:{port}{path}", started, log)
        yield Server(process, "127.0.0.1", port, time.perf_counter() - started)
    finally:
        _stop(process)


def _wait_for_answer(process: subprocess.Popen[bytes], url: str, started: float, log: Path) -> None:
    while time.perf_counter() - started < PATIENCE:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - always http://127.0.0.1
                answer.read()
                return
        except urllib.error.HTTPError as error:
            raise BenchError(f"{url} answered {error.code}; see its log:\n{_tail(log)}") from None
        except OSError:
            if process.poll() is not None:
                raise BenchError(f"The server ended at once:\n{_tail(log)}") from None
            time.sleep(0.01)
    raise BenchError(f"No answer from {url} within {PATIENCE:.0f} s:\n{_tail(log)}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGINT)
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)  # its own session: only the processes started here
        process.wait()


def _environment(**settings: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CFC_", "FLASK_"))}
    return kept | settings


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _children(pid: int) -> list[int]:
    found: list[int] = []
    for path in Path("/proc").glob(f"{pid}/task/*/children"):
        for child in path.read_text().split():
            found += [int(child), *_children(int(child))]
    return found


def _resident_bytes(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmRSS:")), 0)


def _tail(log: Path) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-15:])
