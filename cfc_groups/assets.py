"""The design's files: an address that changes with the content, so that browsers may keep them for a year.

Files do not change while the site runs: each is read once a process.
"""

from __future__ import annotations

import gzip
import hashlib
from functools import cache
from pathlib import Path
from urllib.parse import quote

from flask import Flask, Response, current_app, request

PACKED = {".css", ".js", ".svg", ".json", ".txt"}


@cache
def _address(folder: str, path: str) -> str:
    fingerprint = hashlib.sha256((Path(folder) / path).read_bytes()).hexdigest()[:10]
    return f"{quote(path)}?v={fingerprint}"


@cache
def _packed(file: Path) -> bytes:
    return gzip.compress(file.read_bytes(), 6)


def pack(response: Response) -> Response:
    """Send text files of the design compressed; pages with somebody's words are left as they are."""
    path = Path(current_app.static_folder or "") / (request.view_args or {}).get("filename", "")
    if request.endpoint != "static" or response.status_code != 200 or path.suffix not in PACKED:
        return response
    response.headers["Vary"] = "Accept-Encoding"
    if "gzip" in request.headers.get("Accept-Encoding", "") and "Range" not in request.headers:
        response.direct_passthrough = False
        response.close()  # the file that Flask had opened
        response.set_data(_packed(path))
        response.headers["Content-Encoding"] = "gzip"
    return response


def register(app: Flask) -> None:
    """Offer `asset()` to templates and pack what the static route answers."""
    folder, below = app.static_folder or "", app.static_url_path

    def asset(path: str) -> str:
        """The address of a static file, with its content's fingerprint. Raises FileNotFoundError for a misspelt one."""
        return f"{below}/{_address(folder, path)}"

    app.jinja_env.globals["asset"] = asset
    app.after_request(pack)
