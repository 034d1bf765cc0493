"""The floor: what a Flask page under this server costs before the site adds anything.

`GET /` reads 20 rows by one indexed SQLite query and renders a plain Jinja page of a given size; `POST /rows`
commits one row to disk and answers 303. Both use SQLite as the site does (WAL, every commit on the disk).

Environment: FLOOR_DATABASE, the file that `make_floor` made.
"""

import os
import sqlite3
import threading
from pathlib import Path

from flask import Flask, redirect, render_template, request
from werkzeug.wrappers import Response

ROWS_A_PAGE = 20
TOPICS = 7
ROWS = 10_000

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Floor</title></head><body><h1>Floor</h1>
<ul>{% for row in rows %}<li><a href="/{{ row["row_id"] }}">{{ row["title"] }}</a> {{ row["words"] }}</li>
{% endfor %}</ul></body></html>"""


def make_floor(file: Path, page_bytes: int) -> None:
    """Fill a new database so that the page comes out at about `page_bytes` bytes."""
    words = "w" * max(1, page_bytes // ROWS_A_PAGE - 50)
    connection = sqlite3.connect(file)
    connection.executescript(
        "PRAGMA journal_mode=WAL;"
        "CREATE TABLE rows (row_id INTEGER PRIMARY KEY, topic INTEGER, title TEXT, words TEXT);"
        "CREATE INDEX rows_by_topic ON rows (topic, row_id);"
        "CREATE TABLE commits (commit_id INTEGER PRIMARY KEY, words TEXT NOT NULL);"
    )
    with connection:
        connection.executemany(
            "INSERT INTO rows (topic, title, words) VALUES (?, ?, ?)",
            ((number % TOPICS, f"Row {number}", words) for number in range(ROWS)),
        )
    connection.close()


def create_floor() -> Flask:
    """The bare app; a worker process of the server calls this."""
    app = Flask("floor")
    file = os.environ["FLOOR_DATABASE"]
    local = threading.local()
    template = app.jinja_env.from_string(PAGE)  # compiled once, as a template from a file is

    def connection() -> sqlite3.Connection:
        if not hasattr(local, "connection"):
            local.connection = sqlite3.connect(file, isolation_level=None)
            local.connection.row_factory = sqlite3.Row
            local.connection.execute("PRAGMA synchronous=FULL")
        found: sqlite3.Connection = local.connection
        return found

    @app.get("/")
    def page() -> str:
        rows = connection().execute(
            "SELECT row_id, title, words FROM rows WHERE topic = ? ORDER BY row_id DESC LIMIT ?",
            (3, ROWS_A_PAGE),
        )
        return render_template(template, rows=rows.fetchall())

    @app.post("/rows")
    def add_row() -> Response:
        connection().execute("INSERT INTO commits (words) VALUES (?)", (request.form["words"],))
        return redirect("/", code=303)

    return app
