"""Sealing: what may not lie readable on the disk (R26), and codes that are looked up by a keyed hash.

Sealed text is AES-256-GCM with a random nonce; the context (table.column) is bound in, so that a ciphertext moved to
another column does not open. The key is a file outside the database; without it the site does not start.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
from pathlib import Path

from cfc_groups.config import Settings, SettingsError

_NONCE = 12


class Sealer:
    """Seals, opens and fingerprints with keys derived from the data key."""

    def __init__(self, key: bytes) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        self._cipher = AESGCM(_derive(key, b"seal"))
        self._fingerprint_key = _derive(key, b"fingerprint")

    def seal(self, text: str, context: str) -> bytes:
        """Ciphertext of `text`, to be opened in the same context only."""
        nonce = os.urandom(_NONCE)
        return nonce + self._cipher.encrypt(nonce, text.encode(), context.encode())

    def open(self, sealed: bytes, context: str) -> str:
        """The text again. Raises cryptography's InvalidTag when it was changed, moved, or sealed with another key."""
        return self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], context.encode()).decode()

    def fingerprint(self, text: str, context: str) -> str:
        """A keyed hash (hex) by which a code can be found without being stored."""
        return hmac.new(self._fingerprint_key, f"{context}\0{text}".encode(), hashlib.sha256).hexdigest()


def _derive(key: bytes, purpose: bytes) -> bytes:
    return hmac.new(key, b"children's observation group " + purpose, hashlib.sha256).digest()


def ensure_keys(settings: Settings) -> None:
    """Make missing keys, but only where no database exists yet: a database without its key must not start (exit 2)."""
    for file in (settings.secret_key_file, settings.data_key_file):
        if file.exists():
            continue
        if settings.database_file.exists():
            raise SettingsError(
                f"The database {settings.database_file} exists, but its key {file} is missing. Put the key back from"
                " where you keep it; without it names and contacts cannot be read."
            )
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as out:
            out.write(base64.b64encode(secrets.token_bytes(32)).decode() + "\n")


def read_key(file: Path) -> bytes:
    """The 32 bytes of a key file. Raises SettingsError when it is missing or is not one."""
    try:
        key = base64.b64decode(file.read_text(encoding="ascii").strip(), validate=True)
    except FileNotFoundError:
        raise SettingsError(
            f"The key file {file} is missing. Put it back from where you keep it; without it this site cannot start."
        ) from None
    except (OSError, ValueError):
        raise SettingsError(f"The key file {file} cannot be read as a key (32 bytes in base64).") from None
    if len(key) != 32:
        raise SettingsError(f"The key file {file} cannot be read as a key (32 bytes in base64).")
    return key
