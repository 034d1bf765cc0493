"""Rooms stand in one order, files keep to their part, and nothing is bound to one operating system."""

from __future__ import annotations

from tests.house.source import PACKAGE, ROOMS, imported, modules, room_of, shown

POSIX_ONLY = {"fcntl", "grp", "pwd", "resource", "termios", "tty", "pty", "syslog", "posix"}
PURE = {"models.py", "rules.py", "roster_rules.py", "roster_models.py"}


def test_the_list_of_rooms_is_the_programs_own() -> None:
    from cfc_groups import FEATURES

    assert FEATURES == ROOMS


def test_a_lower_room_never_imports_a_higher_one() -> None:
    wrong = []
    for file in modules():
        room = room_of(file)
        for name in imported(file):
            parts = name.split(".")
            if room is None or parts[0] != "cfc_groups" or len(parts) < 2 or parts[1] not in ROOMS:
                continue
            if ROOMS.index(parts[1]) > ROOMS.index(room):
                wrong.append(f"{shown(file)} imports {name}")
    assert not wrong


def test_the_platform_imports_no_room() -> None:
    roots = {PACKAGE / "cli.py"} | set((PACKAGE / "demo").rglob("*.py"))
    wrong = [
        f"{shown(file)} imports {name}"
        for file in modules()
        if room_of(file) is None and file not in roots
        for name in imported(file)
        if name.startswith("cfc_groups.") and name.split(".")[1] in ROOMS
    ]
    assert not wrong


def test_each_file_of_a_room_keeps_to_its_part() -> None:
    """docs/map.md: rules are pure, routes know no SQL, stores know no rules."""
    banned = {
        "models.py": ("flask", "cfc_groups.db", "cfc_groups.clock"),
        "rules.py": ("flask", "cfc_groups.db", "cfc_groups.clock", "random", "secrets", "sqlite3"),
        "store.py": ("flask", "cfc_groups.web"),
        "queries.py": ("flask", "cfc_groups.web"),
        "actions.py": ("flask", "cfc_groups.web", "cfc_groups.clock.system_clock"),
        "forms.py": ("cfc_groups.db", "sqlite3"),
        "routes.py": ("sqlite3", "datetime", "cfc_groups.db.write", "cfc_groups.db"),
    }
    wrong = []
    for file in modules():
        if room_of(file) is None:
            continue
        for name in imported(file):
            for ban in banned.get(file.name, ()):
                if name == ban or name.startswith(ban + "."):
                    wrong.append(f"{shown(file)} imports {name}")
    assert not wrong


def test_a_room_does_not_use_another_rooms_pages() -> None:
    """Reading across rooms goes through queries and stores, writing through actions; pages are a room's own."""
    wrong = []
    for file in modules():
        room = room_of(file)
        if room is None:
            continue
        for name in imported(file):
            parts = name.split(".")
            elsewhere = parts[0] == "cfc_groups" and len(parts) >= 3 and parts[1] in ROOMS and parts[1] != room
            if elsewhere and parts[2] in ("routes", "forms"):
                wrong.append(f"{shown(file)} imports {name}")
    assert not wrong


def test_nothing_needs_a_posix_system() -> None:
    """Contracts: a school's Windows computer can run the site."""
    wrong = [
        f"{shown(file)} imports {name}"
        for file in modules()
        for name in imported(file)
        if name.split(".")[0] in POSIX_ONLY
    ]
    assert not wrong


def test_only_the_clock_asks_the_system_what_time_it_is() -> None:
    wrong = []
    for file in modules():
        if file.name == "clock.py" and file.parent == PACKAGE:
            continue
        text = file.read_text(encoding="utf-8")
        wrong += [
            f"{shown(file)}: {call}"
            for call in ("datetime.now(", "datetime.utcnow(", "date.today(", "time.time(", "datetime.today(")
            if call in text
        ]
    assert not wrong
