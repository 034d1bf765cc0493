"""The server's start command: Granian, with the sweeps beside it in each worker (the lease row lets one work)."""

from __future__ import annotations

import ctypes
import os
import sys

from flask import Flask

from cfc_groups.config import Settings, SettingsError, load_settings

_M_MMAP_THRESHOLD, _M_ARENA_MAX = -3, -8  # malloc.h


def create_worker_app() -> Flask:
    """One worker process: the app, and the clockwork that keeps its promises."""
    from cfc_groups import create_app, scheduler

    give_memory_back()
    app = create_app(load_settings(os.environ))
    scheduler.start(app)
    return app


def give_memory_back() -> None:
    """Ask the C library to return large pieces at once: each sign-in hashes in 19 MiB, and threads would keep them.

    Measured with four threads: 31 MiB instead of 126. Other systems than Linux with glibc are left as they are.
    """
    if not sys.platform.startswith("linux"):
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_M_MMAP_THRESHOLD, 128 * 1024)
        mallopt(_M_ARENA_MAX, 2)


def serve(settings: Settings) -> None:
    """Serve until told to stop. Raises SettingsError when the port is taken."""
    from granian import Granian
    from granian.constants import Interfaces

    _check_port(settings)
    Granian(
        "cfc_groups.server:create_worker_app",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=settings.workers,
        blocking_threads=4,
        factory=True,
        log_access=False,
        log_enabled=False,
        ssl_cert=settings.tls_cert_file,
        ssl_key=settings.tls_key_file,
        websockets=False,
    ).serve()


def _check_port(settings: Settings) -> None:
    import socket

    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        if sys.platform != "win32":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as problem:
            raise SettingsError(
                f"Cannot serve on {settings.host}:{settings.port} ({problem.strerror}). Another program may be using"
                " the port: choose another one with CFC_PORT (or `make run PORT=5001`)."
            ) from None
