"""How long the detectors take: a post of 300 characters, and texts of 20,000 that try to make them stall.

    python -m bench.bench_detectors
"""

import time
from statistics import median

from cfc_groups.safety.detectors import find_all

POST = ("公园的洗手台太高了，我踮着脚也够不着水龙头，弟弟每次都要妈妈抱。965路公交车的扶手我也抓不到。" * 8)[:300]
LONG = ("1", "一", "我家住在3栋", "13900001234 ", "a.", "打我", "1-2.3 ")


def milliseconds(text: str, rounds: int) -> float:
    """The median of several rounds."""
    taken = []
    for _ in range(rounds):
        started = time.perf_counter()
        find_all(text)
        taken.append((time.perf_counter() - started) * 1000)
    return median(taken)


def main() -> None:
    """Print the figures."""
    find_all(POST)
    print(f"a post of 300 characters: {milliseconds(POST, 200):.2f} ms")
    for piece in LONG:
        print(f"20,000 characters of {piece!r}: {milliseconds((piece * 20_000)[:20_000], 3):.0f} ms")


if __name__ == "__main__":
    main()
