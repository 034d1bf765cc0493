"""`python -m bench [MEASURE …]`: measure the site on a demo instance; prints a table, keeps JSON."""

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench import measure_pages, measure_posting, measure_sign_in, measure_start, measure_weight
from bench.client import tool
from bench.people import list_logins
from bench.report import Line, keep, only_told, print_table
from bench.server import BenchError, floor_server, make_instance, site_server
from bench.visitor import Visitor

MEASURES = ("start", "pages", "post", "sign-in", "weight", "memory")


def main() -> int:
    """Exit status 0: all measures within budget; 1: one is not; 2: the bench could not run."""
    options = _options()
    lines: list[Line] = []
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        try:
            _run(Path(folder), options, lines)
        except BenchError as trouble:
            print_table(lines)
            print(f"\nThe bench stopped: {trouble}", file=sys.stderr)
            return 2
    print_table(lines)
    print(f"\nKept in {keep(lines, vars(options))}; load by {tool()}.")
    return 0 if all(line.within is not False for line in lines) else 1


def _run(folder: Path, options: argparse.Namespace, lines: list[Line]) -> None:
    print("Making a demo instance …", flush=True)
    instance = folder / "instance"
    instance.mkdir()
    make_instance(instance)
    logins = list_logins(instance)
    chosen = options.measures or MEASURES
    if "start" in chosen:
        print("Measuring start …", flush=True)
        lines += measure_start.measure_start(instance)
    with site_server(instance, options.workers) as site:
        page_bytes = len(Visitor(site.url).get("/board").body)
        with floor_server(folder, page_bytes, options.workers) as floor:
            measures: dict[str, Callable[[], list[Line]]] = {
                "pages": lambda: measure_pages.measure(site, floor, logins, options.seconds, options.rounds),
                "post": lambda: measure_posting.measure(site, floor, logins),
                "sign-in": lambda: measure_sign_in.measure(site, logins),
                "weight": lambda: measure_weight.measure(site, logins),
                "memory": lambda: measure_start.measure_memory(site, options.seconds),
            }
            for name, measure in measures.items():
                if name in chosen:
                    print(f"Measuring {name} …", flush=True)
                    lines += measure()
    lines.append(only_told("size of the board's page", page_bytes, f"{page_bytes / 1024:.1f} KB"))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("measures", nargs="*", metavar="MEASURE", help=f"some of: {', '.join(MEASURES)}")
    parser.add_argument("--seconds", type=float, default=3.0, help="of each load (default 3)")
    parser.add_argument("--rounds", type=int, default=5, help="turns of page and floor (default 5)")
    parser.add_argument("--workers", type=int, default=1, help="processes of site and floor (default 1)")
    options = parser.parse_args()
    unknown = set(options.measures) - set(MEASURES)
    if unknown:
        parser.error(f"no such measure: {', '.join(sorted(unknown))}")
    return options


if __name__ == "__main__":
    sys.exit(main())
