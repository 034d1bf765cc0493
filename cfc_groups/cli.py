"""The commands of `flask --app app`: prepare, init, serve, jobs, run-due, verify-journal, backup, demo-logins …"""

from __future__ import annotations

import functools
import json
import sqlite3
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from flask import Flask, current_app

from cfc_groups import instance, journal, scheduler, server, web
from cfc_groups.config import SettingsError


def said_plainly(command: Callable[..., Any]) -> Callable[..., Any]:
    """A SettingsError ends a command with one sentence and status 2."""

    @functools.wraps(command)
    def run(*arguments: Any, **named: Any) -> Any:
        try:
            return command(*arguments, **named)
        except SettingsError as problem:
            click.echo(str(problem), err=True)
            sys.exit(2)

    return run


def _ready_site() -> web.Site:
    site = web.site()
    instance.check_ready(site.settings)
    return site


@click.command("prepare")
@click.option("--demo", is_flag=True, help="Fill a new instance with the demo alliance.")
@said_plainly
def prepare(demo: bool) -> None:
    """Make keys and database where nothing is yet, and bring the schema up to date."""
    site = web.site()
    instance.prepare(site.settings)
    instance.load_secret_key(current_app, site.settings)
    if demo and journal.head(site.database)[0] == 0:  # nobody did anything yet, or a filling was interrupted
        from cfc_groups.demo import fill

        fill.fill_demo(site.database, site.sealer, site.clock(), site.settings.time_zone)
        click.echo("The demo alliance is ready.")


@click.command("init")
@click.option("--name", default="", help="The alliance's name.")
@said_plainly
def init(name: str) -> None:
    """Make a real, empty site and print the set-up codes for its two first coordinators (R89)."""
    from cfc_groups.accounts.actions import set_up_first_coordinators

    site = web.site()
    if site.settings.database_file.exists():
        raise SettingsError(f"There is a site in {site.settings.instance} already; nothing was changed.")
    instance.prepare(site.settings)
    instance.load_secret_key(current_app, site.settings)
    for number, token in enumerate(set_up_first_coordinators(site.database, name, site.clock()), start=1):
        click.echo(f"Coordinator {number}: open /invitation/{token} within 14 days.")
    click.echo("Give each link to one person. It works once.")


@click.command("set-up-coordinator")
@said_plainly
def set_up_coordinator() -> None:
    """Print one more set-up link, when no coordinator is left who could invite or activate."""
    from cfc_groups.accounts.actions import set_up_coordinator as make_link

    site = _ready_site()
    click.echo(f"Open /invitation/{make_link(site.database, site.clock())} within 14 days. It works once.")


@click.command("serve")
@said_plainly
def serve() -> None:
    """Serve the site, with its sweeps, until told to stop."""
    site = _ready_site()
    scheme = "https" if site.settings.tls else "http"
    click.echo(f"Serving on {scheme}://{site.settings.host}:{site.settings.port} (stop with Ctrl-C)")
    if site.facts.get("made_by") == "demo":
        from cfc_groups.demo import logins

        click.echo(logins.as_text(site.database, site.sealer, site.clock()))
    server.serve(site.settings)


@click.command("run-due")
@said_plainly
def run_due() -> None:
    """Run the sweeps that are due, once; for cron."""
    site = _ready_site()
    ran = scheduler.run_due(site.database, site.clock())
    click.echo("ran: " + (", ".join(ran) or "nothing was due"))


@click.command("jobs")
@said_plainly
def jobs() -> None:
    """Run the sweeps by the clock in a process of their own, until told to stop."""
    _ready_site()
    running = scheduler.start(current_app._get_current_object())  # type: ignore[attr-defined]
    click.echo("Sweeps are running (stop with Ctrl-C)")
    try:
        while True:
            time.sleep(3600)
    except KeyboardInterrupt:
        running.shutdown()


@click.command("verify-journal")
@said_plainly
def verify_journal() -> None:
    """Check the journal's chain; ends with status 1 when an entry does not fit."""
    site = _ready_site()
    broken = journal.verify(site.database)
    if broken is not None:
        click.echo(f"The journal was changed: entry {broken} does not fit the chain.", err=True)
        sys.exit(1)
    entries, last = journal.head(site.database)
    click.echo(f"The journal is whole: {entries} entries, last hash {last}")


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@said_plainly
def backup(file: Path) -> None:
    """Copy the database to FILE while the site runs; the keys are kept apart and not copied."""
    site = _ready_site()
    if file.exists():
        raise SettingsError(f"{file} exists already; nothing was overwritten.")
    with sqlite3.connect(file) as copy:
        site.database.connection.backup(copy)
    copy.close()
    click.echo(f"Copied to {file}. Keep the two key files somewhere else, never beside the copy.")


@click.command("demo-logins")
@click.option("--short", is_flag=True, help="One sign-in a role as text, with the codes that count now.")
@said_plainly
def demo_logins(short: bool) -> None:
    """Print the demo's accounts with their secrets as JSON; refuses anywhere else."""
    site = _ready_site()
    if site.facts.get("made_by") != "demo":
        raise SettingsError("This site was not made by the demo; it has no sign-ins that could be printed.")
    from cfc_groups.demo import logins

    if short:
        click.echo(logins.as_text(site.database, site.sealer, site.clock()))
    else:
        click.echo(json.dumps(logins.as_rows(site.database, site.sealer), ensure_ascii=False, indent=1))


def register(app: Flask) -> None:
    """Hang the commands on `flask --app app`."""
    for command in (prepare, init, set_up_coordinator, serve, run_due, jobs, verify_journal, backup, demo_logins):
        app.cli.add_command(command)
