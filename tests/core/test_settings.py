"""Settings: typed, frozen, checked at start; a wrong value is one clear sentence and status 2."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from cfc_groups.config import SettingsError, load_settings

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("CFC_PORT", "http", "CFC_PORT"),
        ("CFC_PORT", "70000", "65535"),
        ("CFC_PORT", "５０００", "whole number"),
        ("CFC_WORKERS", "-1", "CFC_WORKERS"),
        ("CFC_TIME_ZONE", "Mars/Olympus", "time zone"),
        ("CFC_ALLOW_PLAIN_HTTP", "yes please", "1 (yes) or 0 (no)"),
        ("CFC_SMTP_URL", "mail.example.org", "smtp://"),
        ("CFC_TLS_CERT_FILE", "/nowhere/cert.pem", "belong together"),
        ("CFC_PROT", "5000", "not a setting"),
    ],
)
def test_a_wrong_setting_is_one_sentence_that_names_it(name: str, value: str, words: str) -> None:
    with pytest.raises(SettingsError) as problem:
        load_settings({name: value})
    assert words in str(problem.value)
    assert "\n" not in str(problem.value)


def test_settings_are_typed_and_frozen(tmp_path: Path) -> None:
    settings = load_settings({"CFC_INSTANCE": str(tmp_path), "CFC_PORT": "8080"})
    assert (settings.port, settings.host, settings.instance) == (8080, "127.0.0.1", tmp_path)
    with pytest.raises(FrozenInstanceError):
        settings.port = 1  # type: ignore[misc]


def test_other_computers_are_not_served_without_encryption_unless_said_in_so_many_words() -> None:
    """R86."""
    with pytest.raises(SettingsError, match="CFC_ALLOW_PLAIN_HTTP=1"):
        load_settings({"CFC_HOST": "0.0.0.0"})
    assert load_settings({"CFC_HOST": "0.0.0.0", "CFC_ALLOW_PLAIN_HTTP": "1"}).allow_plain_http
    assert load_settings({"CFC_HOST": "::1"}).host == "::1"


def run_flask(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("CFC_")}
    return subprocess.run(
        [sys.executable, "-m", "flask", "--app", "app", *words],
        cwd=ROOT, env=clean | environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def test_the_commands_end_with_status_2_and_one_sentence(tmp_path: Path) -> None:
    wrong = run_flask("run-due", CFC_PORT="x")
    assert (wrong.returncode, wrong.stderr.count("\n")) == (2, 1)
    nothing = run_flask("run-due", CFC_INSTANCE=str(tmp_path / "empty"))
    assert nothing.returncode == 2
    assert "make run" in nothing.stderr
    assert not (tmp_path / "empty").exists(), "looking must not make anything"


def test_a_database_without_its_key_does_not_start(tmp_path: Path) -> None:
    """Contracts: keys are made only where no database exists yet. R26: no falling back to plain text."""
    place = {"CFC_INSTANCE": str(tmp_path / "site")}
    assert run_flask("prepare", **place).returncode == 0
    key = tmp_path / "site" / "keys" / "data.key"
    assert oct(key.stat().st_mode & 0o777) == "0o600" or os.name == "nt"
    key.unlink()
    for command in ("run-due", "prepare", "serve"):
        refused = run_flask(command, **place)
        assert refused.returncode == 2, command
        assert "data.key" in refused.stderr
    assert not key.exists()
    key.write_text("not a key")
    assert run_flask("run-due", **place).returncode == 2


def test_journal_is_verified_and_backup_restores(tmp_path: Path) -> None:
    place = {"CFC_INSTANCE": str(tmp_path / "site")}
    run_flask("prepare", **place)
    whole = run_flask("verify-journal", **place)
    assert whole.returncode == 0, whole.stderr
    copy = tmp_path / "copy.db"
    assert run_flask("backup", str(copy), **place).returncode == 0
    assert run_flask("backup", str(copy), **place).returncode == 2, "an existing copy is never overwritten"
    restored = tmp_path / "restored"
    (restored / "keys").mkdir(parents=True)
    for name in ("secret.key", "data.key"):
        (restored / "keys" / name).write_bytes((tmp_path / "site" / "keys" / name).read_bytes())
    (restored / "site.db").write_bytes(copy.read_bytes())
    assert run_flask("verify-journal", CFC_INSTANCE=str(restored)).returncode == 0


def test_logins_are_only_printed_where_the_demo_made_the_site(tmp_path: Path) -> None:
    place = {"CFC_INSTANCE": str(tmp_path / "site")}
    run_flask("prepare", **place)
    refused = run_flask("demo-logins", **place)
    assert refused.returncode == 2
    assert "demo" in refused.stderr
