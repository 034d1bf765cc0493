"""Serve the floor with the site's own server settings: `python -m bench.serve_floor PORT WORKERS`."""

import sys

from granian import Granian
from granian.constants import Interfaces


def main() -> None:
    """Serve until told to stop."""
    Granian(
        "bench.floor:create_floor",
        address="127.0.0.1",
        port=int(sys.argv[1]),
        interface=Interfaces.WSGI,
        workers=int(sys.argv[2]),
        blocking_threads=4,
        factory=True,
        log_access=False,
        log_enabled=False,
        websockets=False,
    ).serve()


if __name__ == "__main__":
    main()
