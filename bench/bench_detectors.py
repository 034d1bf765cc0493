"""How long the detectors take (a post of 300 characters in 1 ms, 20,000 characters cannot stall), and what they weigh.

    python -m bench.bench_detectors

Machines are noisy: each figure stands beside a floor of the same run, a Python loop of 100,000 additions.
"""

import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from statistics import median

from cfc_groups.safety.detectors import find_all, find_danger, find_personal, normalise

POSTS = (
    "公园的洗手台太高了，我踮着脚也够不着水龙头，弟弟每次都要妈妈抱。965路公交车的扶手我也抓不到。",
    "图书馆8:30-17:30开门，可是我们16:30才放学，只能看一个小时。王老师说周末可以多开一会儿。",
    "我们小队量了五个窗口：110、115、120、108、125厘米，平均115.6厘米，我同桌要踮脚才看得见阿姨的脸。",
    "爸爸喝了酒就打我，我不敢回家。妈妈的电话是139 0000 1234，微信lele_2014，我家在3栋2单元501。",
)
LONG = (
    "1",
    "1、",
    "一",
    "我家住在3栋",
    "13900001234 ",
    "a.",
    "打我",
    "爸打我",
    "微信",
    "生日3月",
    "1-2.3 ",
    "\u200b",
    "公园里有树。",
)
WEIGH = """
import flask
def pages():
    with open("/proc/self/statm") as counts:
        return int(counts.read().split()[1])
before = pages()
import cfc_groups.safety.detectors as detectors
detectors.find_all("13900001234")
print((pages() - before) / 256)
"""


def milliseconds(what: Callable[[], object], rounds: int) -> float:
    """The median of several rounds, in processor time."""
    taken = []
    for _ in range(rounds):
        started = time.process_time()
        what()
        taken.append((time.process_time() - started) * 1000)
    return median(taken)


def floor() -> float:
    """What 100,000 additions take, in milliseconds."""

    def add() -> int:
        total = 0
        for number in range(100_000):
            total += number
        return total

    return milliseconds(add, 15)


def main() -> None:
    """Print the figures."""
    started = time.process_time()
    find_all("first")
    print(f"first text of a process: {(time.process_time() - started) * 1000:.0f} ms")
    weight = subprocess.run(  # noqa: S603 (this very interpreter)
        [sys.executable, "-c", WEIGH], capture_output=True, text=True, check=True
    )
    print(f"memory, lists and machines included: {float(weight.stdout):.0f} MiB")
    base = floor()
    print(f"floor: {base:.2f} ms")
    for post in POSTS:
        text = (post * 8)[:300]
        print(f"300 characters of {post[:12]}…")
        for find in (normalise, find_personal, find_danger, find_all):
            took = milliseconds(partial(find, text), 40)
            print(f"  {find.__name__:14} {took:.2f} ms = {took / base:.2f} floors")
    for piece in LONG:
        text = (piece * 20_000)[:20_000]
        print(f"20,000 characters of {piece!r}: {milliseconds(partial(find_all, text), 3):.0f} ms")


if __name__ == "__main__":
    main()
