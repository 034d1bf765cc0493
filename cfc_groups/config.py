"""Settings: read once from the environment, checked at start, never changed after.

A wrong value or a missing key is a `SettingsError` with one sentence that says what to do; `app.py` prints it and ends
with status 2. What a coordinator may change (texts, hotlines, the school calendar) lives in the database instead.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

KNOWN = {
    "CFC_INSTANCE", "CFC_HOST", "CFC_PORT", "CFC_WORKERS", "CFC_SECRET_KEY_FILE", "CFC_DATA_KEY_FILE",
    "CFC_ALLOW_PLAIN_HTTP", "CFC_TRUSTED_PROXIES", "CFC_SMTP_URL", "CFC_TIME_ZONE", "CFC_TLS_CERT_FILE",
    "CFC_TLS_KEY_FILE", "CFC_REQUIRE_BROWSER",
}  # fmt: skip


class SettingsError(Exception):
    """The site cannot start with these settings; the message is the one sentence that the operator reads."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the operator decides outside the database. See docs/settings.md."""

    instance: Path
    host: str
    port: int
    workers: int
    secret_key_file: Path
    data_key_file: Path
    allow_plain_http: bool
    trusted_proxies: int
    smtp_url: str | None
    time_zone: ZoneInfo
    tls_cert_file: Path | None
    tls_key_file: Path | None

    @property
    def database_file(self) -> Path:
        """The one database of the alliance."""
        return self.instance / "site.db"

    @property
    def tls(self) -> bool:
        """Whether the server itself speaks TLS."""
        return self.tls_cert_file is not None


def load_settings(environ: Mapping[str, str]) -> Settings:
    """Read and check every setting. Raises SettingsError, naming the variable and the remedy."""
    for name in environ:
        if name.startswith("CFC_") and name not in KNOWN:
            raise SettingsError(f"{name} is not a setting of this site; the settings are listed in docs/settings.md.")
    instance = Path(environ.get("CFC_INSTANCE") or "instance").expanduser().resolve()
    settings = Settings(
        instance=instance,
        host=environ.get("CFC_HOST") or "127.0.0.1",
        port=_whole_number(environ, "CFC_PORT", 5000, 1, 65535),
        workers=_whole_number(environ, "CFC_WORKERS", 1, 1, 64),
        secret_key_file=_file(environ, "CFC_SECRET_KEY_FILE") or instance / "keys" / "secret.key",
        data_key_file=_file(environ, "CFC_DATA_KEY_FILE") or instance / "keys" / "data.key",
        allow_plain_http=_yes_or_no(environ, "CFC_ALLOW_PLAIN_HTTP"),
        trusted_proxies=_whole_number(environ, "CFC_TRUSTED_PROXIES", 0, 0, 5),
        smtp_url=_smtp_url(environ),
        time_zone=_zone(environ),
        tls_cert_file=_file(environ, "CFC_TLS_CERT_FILE"),
        tls_key_file=_file(environ, "CFC_TLS_KEY_FILE"),
    )
    _check_together(settings)
    return settings


def _check_together(settings: Settings) -> None:
    if (settings.tls_cert_file is None) != (settings.tls_key_file is None):
        raise SettingsError("CFC_TLS_CERT_FILE and CFC_TLS_KEY_FILE belong together; set both or neither.")
    for name, file in (("CFC_TLS_CERT_FILE", settings.tls_cert_file), ("CFC_TLS_KEY_FILE", settings.tls_key_file)):
        if file is not None and not file.is_file():
            raise SettingsError(f"{name} names {file}, but there is no such file.")
    beyond_this_computer = not is_loopback(settings.host)
    if beyond_this_computer and not settings.tls and not settings.allow_plain_http and not settings.trusted_proxies:
        raise SettingsError(  # R86
            f"CFC_HOST={settings.host} would serve children's pages to other computers without encryption. Give a"
            " certificate (CFC_TLS_CERT_FILE, CFC_TLS_KEY_FILE), put a TLS proxy before it (CFC_TRUSTED_PROXIES=1),"
            " or say in so many words that you accept it: CFC_ALLOW_PLAIN_HTTP=1."
        )


def is_loopback(host: str) -> bool:
    """Whether an address can only be reached from this computer."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _whole_number(environ: Mapping[str, str], name: str, default: int, lowest: int, highest: int) -> int:
    text = environ.get(name, "").strip()
    if not text:
        return default
    if not (text.isascii() and text.isdigit()) or not lowest <= int(text) <= highest:
        raise SettingsError(f"{name} is {text!r}, but must be a whole number from {lowest} to {highest}.")
    return int(text)


def _yes_or_no(environ: Mapping[str, str], name: str) -> bool:
    text = environ.get(name, "").strip()
    if text not in ("", "0", "1"):
        raise SettingsError(f"{name} is {text!r}, but must be 1 (yes) or 0 (no).")
    return text == "1"


def _file(environ: Mapping[str, str], name: str) -> Path | None:
    text = environ.get(name, "").strip()
    return Path(text).expanduser().resolve() if text else None


def _zone(environ: Mapping[str, str]) -> ZoneInfo:
    text = environ.get("CFC_TIME_ZONE") or "Asia/Shanghai"
    try:
        return ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        raise SettingsError(f"CFC_TIME_ZONE is {text!r}, but must be a time zone such as Asia/Shanghai.") from None


def _smtp_url(environ: Mapping[str, str]) -> str | None:
    text = environ.get("CFC_SMTP_URL", "").strip()
    if not text:
        return None
    try:
        parts = urlsplit(text)
        known = parts.scheme in ("smtp", "smtps") and bool(parts.hostname) and (parts.port or 1)
    except ValueError:
        known = False
    if not known:
        raise SettingsError("CFC_SMTP_URL must look like smtp://user:password@host:port or smtps://host.")
    return text
