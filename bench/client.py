"""A load of one page over keep-alive connections, to this machine only; by wrk where it is installed."""

import re
import selectors
import shutil
import socket
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median
from urllib.parse import urlsplit

from bench.server import BenchError

CONNECTIONS = 8
LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class Load:
    """What a load got: requests answered, how many of them not with 2xx or 3xx, and requests per second."""

    requests: int
    failed: int
    rate: float


@dataclass(frozen=True)
class Comparison:
    """Requests per second of a page and of the floor: medians of several turns taken in alternation."""

    rate: float
    floor_rate: float
    ratio: float


def tool() -> str:
    """The name of the load generator that will be used."""
    return "wrk" if shutil.which("wrk") else "own client"


def load(url: str, seconds: float, headers: Mapping[str, str] | None = None) -> Load:
    """Ask for one address as fast as it answers, for so many seconds. Raises BenchError when one fails."""
    if urlsplit(url).hostname not in LOOPBACK:
        raise BenchError(f"{url} is not on this machine.")
    run = _load_by_wrk if shutil.which("wrk") else _load_by_ourselves
    result = run(url, seconds, headers or {})
    if result.failed or not result.requests:
        raise BenchError(f"{url}: {result.failed} of {result.requests} answers failed.")
    return result


def compare(
    url: str, floor_url: str, seconds: float, rounds: int, headers: Mapping[str, str] | None = None
) -> Comparison:
    """Take turns between a page and the floor, so that a noisy machine is noisy for both."""
    load(url, min(1.0, seconds), headers)
    load(floor_url, min(1.0, seconds))
    pairs = []
    for _ in range(rounds):
        floor_rate = load(floor_url, seconds).rate
        pairs.append((load(url, seconds, headers).rate, floor_rate))
    return Comparison(
        rate=median(rate for rate, _ in pairs),
        floor_rate=median(floor_rate for _, floor_rate in pairs),
        ratio=median(rate / floor_rate for rate, floor_rate in pairs),
    )


def _load_by_wrk(url: str, seconds: float, headers: Mapping[str, str]) -> Load:
    whole = max(1, round(seconds))
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{whole}s"]
    for name, value in headers.items():
        command += ["-H", f"{name}: {value}"]
    printed = subprocess.run([*command, url], capture_output=True, text=True, check=True).stdout
    requests = re.search(r"(\d+) requests in", printed)
    rate = re.search(r"Requests/sec:\s*([\d.]+)", printed)
    failed = re.search(r"Non-2xx or 3xx responses:\s*(\d+)", printed)
    if not requests or not rate:
        raise BenchError(f"wrk said something unexpected:\n{printed}")
    return Load(int(requests[1]), int(failed[1]) if failed else 0, float(rate[1]))


class _Connection:
    """One keep-alive connection that always has one request under way."""

    def __init__(self, address: tuple[str, int], request: bytes) -> None:
        self.socket = socket.create_connection(address, timeout=10)
        self.request = request
        self.received = b""

    def ask(self) -> None:
        self.received = b""
        self.socket.sendall(self.request)

    def take(self) -> int | None:
        """Take what has come; the status once the answer is whole."""
        part = self.socket.recv(262_144)
        if not part:
            raise BenchError("The server closed a connection in the middle of an answer.")
        self.received += part
        head, separator, body = self.received.partition(b"\r\n\r\n")
        if not separator:
            return None
        length = re.search(rb"\r\ncontent-length:\s*(\d+)", head, re.IGNORECASE)
        if length is None:
            raise BenchError("The answer does not tell its length; install wrk for this page.")
        return int(head.split(b" ", 2)[1]) if len(body) >= int(length[1]) else None


def _load_by_ourselves(url: str, seconds: float, headers: Mapping[str, str]) -> Load:
    parts = urlsplit(url)
    address = (parts.hostname or "127.0.0.1", parts.port or 80)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    lines = [f"GET {path} HTTP/1.1", f"Host: {parts.netloc}"] + [
        f"{name}: {value}" for name, value in headers.items()
    ]
    request = ("\r\n".join(lines) + "\r\n\r\n").encode()
    connections = [_Connection(address, request) for _ in range(CONNECTIONS)]
    requests = failed = 0
    with selectors.DefaultSelector() as selector:
        for connection in connections:
            selector.register(connection.socket, selectors.EVENT_READ, connection)
            connection.ask()
        started = time.perf_counter()
        while time.perf_counter() - started < seconds:
            for key, _ in selector.select(timeout=1):
                status = key.data.take()
                if status is not None:
                    requests += 1
                    failed += not 200 <= status < 400
                    key.data.ask()
        elapsed = time.perf_counter() - started
    for connection in connections:
        connection.socket.close()
    return Load(requests, failed, requests / elapsed)
