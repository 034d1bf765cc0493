"""Forty children of a class sign in within one second: how long until the last one is in."""

import threading
import time

from bench.people import Login, children, sign_in_child
from bench.report import Line, at_most
from bench.server import BenchError, Server

CHILDREN = 40
WITHIN = 1.0
ALL_IN = 5.0


def measure(site: Server, logins: list[Login]) -> list[Line]:
    """From the first child's first click to the last child's first page."""
    class_of_forty = children(logins)[:CHILDREN]
    if len(class_of_forty) < CHILDREN:
        raise BenchError(
            f"The demo has only {len(class_of_forty)} children with badges; {CHILDREN} are needed."
        )
    troubles: list[Exception] = []
    started = time.perf_counter()

    def come_in(number: int, login: Login) -> None:
        time.sleep(max(0.0, started + number * WITHIN / CHILDREN - time.perf_counter()))
        try:
            sign_in_child(site, login).close()
        except (BenchError, OSError) as trouble:
            troubles.append(trouble)

    threads = [threading.Thread(target=come_in, args=pair) for pair in enumerate(class_of_forty)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    elapsed = time.perf_counter() - started
    if troubles:
        raise BenchError(f"{len(troubles)} of {CHILDREN} children could not sign in: {troubles[0]}")
    what = f"{CHILDREN} children signing in within a second"
    return [at_most(what, elapsed, ALL_IN, f"all in after {elapsed:.1f} s", f"≤ {ALL_IN:.0f} s")]
