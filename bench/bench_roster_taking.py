"""A roster of 20,000 rows through the site: sent and shown within 5 s, taken within 10 s, 300 MiB (performance.md).

    python -m bench.bench_roster_taking [rows]

Prints JSON. The second sending of the same file, where every row is known already, is measured too.
"""

from __future__ import annotations

import io
import json
import os
import re
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from bench.bench_roster import HEADER, peak_mebibytes, roster_row
from cfc_groups import create_app, instance
from cfc_groups.accounts import actions as accounts
from cfc_groups.clock import date_in, stamp, system_clock
from cfc_groups.config import load_settings
from cfc_groups.db import Database, write
from cfc_groups.groups import actions
from cfc_groups.groups.models import GroupKind
from cfc_groups.ids import new_pid
from cfc_groups.tables.writing import write_xlsx

SHOWN_WITHIN, TAKEN_WITHIN, MEMORY = 5.0, 10.0, 300
TEAMS = 50


def timed(what: Callable[[], Any]) -> tuple[Any, dict[str, float]]:
    """The answer, the seconds on the wall and those that processors worked for it (other work does not count there)."""
    begin, before = time.perf_counter(), sum(os.times()[:4])
    answer = what()
    wall, worked = time.perf_counter() - begin, sum(os.times()[:4]) - before
    return answer, {"wall": round(wall, 2), "worked": round(worked, 2)}


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    rows = [(*row[:5], f"Team {row[0] % TEAMS + 1}", *row[6:]) for row in map(roster_row, range(count))]
    content = write_xlsx(HEADER, rows, sheet="roster", text_columns={"Member number"})
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        settings = load_settings({"CFC_INSTANCE": folder})
        instance.prepare(settings)
        app = create_app(settings)
        database: Database = app.extensions["site"].database
        group, account_id = make_group(database, date_in(system_clock(), settings.time_zone))
        browser = app.test_client()
        with browser.session_transaction() as cookie:
            cookie["token"] = accounts.open_session(database, account_id, "password", system_clock())
        figures = measure(browser, group, content)
        database.close()
    figures["peak_mebibytes"] = peak_mebibytes()
    figures["within_budget"] = (
        max(figures["seconds"]["shown"]["wall"], figures["seconds"]["shown_again"]["wall"]) <= SHOWN_WITHIN
        and figures["seconds"]["taken"]["wall"] <= TAKEN_WITHIN
        and max(figures["peak_mebibytes"].values(), default=0) <= MEMORY
    )
    print(json.dumps({"rows": count, **figures}, indent=2))


def make_group(database: Database, today: Any) -> tuple[str, int]:
    """A group with its teams, and a coordinator to take the roster."""
    now = system_clock()
    with write(database) as tx:
        account_id = tx.insert(
            "accounts", pid=new_pid(), role="coordinator", state="active", display_name="bench", display_name_key="b",
            avatar="owl", user_name="bench", vetted_on=str(today), made_at=stamp(now),
        )  # fmt: skip
        group = actions.add_group_in(
            tx, account_id, now, today=today, name="Bench", kind=GroupKind.CITY, parent=None,
            starts_on=today - timedelta(days=1),
        )  # fmt: skip
        for number in range(1, TEAMS + 1):
            actions.add_team_in(tx, account_id, now, group, today=today, name=f"Team {number}", theme="parks")
    return group.pid, account_id


def measure(browser: Any, group: str, content: bytes) -> dict[str, Any]:
    """Send, look, take; then send and look again."""
    address = f"/members/import?group={group}"

    def send() -> Any:
        token = field(browser.get(address).text, "csrf_token")
        upload = (io.BytesIO(content), "roster.xlsx")
        answer = browser.post(address, data={"csrf_token": token, "roster": upload}, follow_redirects=True)
        if answer.status_code != 200:
            sys.exit(f"the roster was not shown: {answer.status_code}")
        return answer

    shown, showing = timed(send)
    slice_after, cutting = timed(lambda: browser.get(f"{shown.request.path}?show=new&after=10000"))
    fields = {name: field(shown.text, name) for name in ("csrf_token", "seen")}
    taken, taking = timed(lambda: browser.post(f"{shown.request.path}/taking", data=fields, follow_redirects=True))
    if taken.status_code != 200:
        sys.exit(f"the roster was not taken: {taken.status_code}")
    _, showing_again = timed(send)
    _, listing = timed(lambda: browser.get(f"/members?group={group}"))
    return {
        "file_kib": len(content) // 1024,
        "page_kib": len(slice_after.data) // 1024,
        "seconds": {
            "shown": showing, "next_slice": cutting, "taken": taking, "shown_again": showing_again, "list": listing,
        },
        "budget_seconds": {"shown": SHOWN_WITHIN, "taken": TAKEN_WITHIN},
    }  # fmt: skip


def field(page: str, name: str) -> str:
    """The value of a hidden field of a page."""
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', page)
    if found is None:
        sys.exit(f"no field {name} on the page")
    return found[1]


if __name__ == "__main__":
    main()
