"""The design's files: an address that changes with the content, so that browsers may keep them for a year."""

from __future__ import annotations

import gzip
import hashlib
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, current_app, request, url_for

PACKED = {".css", ".js", ".svg", ".json", ".txt"}


@lru_cache(maxsize=1024)
def _fingerprint(file: Path, changed: float) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:10]


@lru_cache(maxsize=1024)
def _packed(file: Path, changed: float) -> bytes:
    return gzip.compress(file.read_bytes(), 6)


def asset(path: str) -> str:
    """The address of a static file, with its content's fingerprint. Raises FileNotFoundError for a misspelt one."""
    file = Path(current_app.static_folder or "") / path
    return url_for("static", filename=path, v=_fingerprint(file, file.stat().st_mtime))


def pack(response: Response) -> Response:
    """Send text files of the design compressed; pages with somebody's words are left as they are."""
    path = Path(current_app.static_folder or "") / (request.view_args or {}).get("filename", "")
    if request.endpoint != "static" or response.status_code != 200 or path.suffix not in PACKED:
        return response
    response.headers["Vary"] = "Accept-Encoding"
    if "gzip" in request.headers.get("Accept-Encoding", "") and "Range" not in request.headers:
        response.direct_passthrough = False
        response.close()  # the file that Flask had opened
        response.set_data(_packed(path, path.stat().st_mtime))
        response.headers["Content-Encoding"] = "gzip"
    return response


def register(app: Flask) -> None:
    """Offer `asset()` to templates and pack what the static route answers."""
    app.jinja_env.globals["asset"] = asset
    app.after_request(pack)
