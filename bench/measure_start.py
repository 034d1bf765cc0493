"""How long from the start command to the first answer, and how much memory a worker holds."""

from pathlib import Path
from statistics import median

from bench.client import load
from bench.report import Line, at_most, only_told
from bench.server import Server, site_server

FIRST_ANSWER = 2.0
MEMORY = 90 * 2**20
STARTS = 3


def measure_start(instance: Path) -> list[Line]:
    """The median of several starts of an instance that is there already."""
    seconds = []
    for _ in range(STARTS):
        with site_server(instance) as server:
            seconds.append(server.first_answer)
    found = median(seconds)
    return [
        at_most("start to first answer", found, FIRST_ANSWER, f"{found:.2f} s", f"≤ {FIRST_ANSWER:.0f} s")
    ]


def measure_memory(site: Server, seconds: float) -> list[Line]:
    """The largest worker, after a last load on the board; run it when the other measures are done."""
    load(f"{site.url}/board", seconds)
    size = site.worker_memory()
    whole = sum(site.memory().values())
    return [
        at_most("memory of a worker after load", size, MEMORY, _mib(size), f"≤ {_mib(MEMORY)}"),
        only_told("memory of all processes", whole, _mib(whole)),
    ]


def _mib(size: int) -> str:
    return f"{size / 2**20:.0f} MiB"
