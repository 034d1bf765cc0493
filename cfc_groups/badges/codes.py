"""The secrets of a badge: made here, kept only as hashes, and sealed for as long as they may be printed.

See docs/decisions/0005-badge-secrets.md.
"""

from __future__ import annotations

import hashlib
import secrets

from cfc_groups.badges.models import QR_BITS, TYPED_LENGTH, BadgeSecrets, ReadSecret
from cfc_groups.badges.rules import LETTERS, read_secret
from cfc_groups.sealing import Sealer

CODES = "badges.codes"
_TYPED = "badges.code_fingerprint"
_ROWS = "picture_pins.rows"
_NOBODYS = "badges.nobodys_pictures"


def new_secrets(typed: str | None = None) -> BadgeSecrets:
    """Two secrets that tell nothing of each other: 128 random bits to scan, 80 to type (or those given).

    Raises ValueError when the given ones are not 16 characters of the alphabet.
    """
    typed = typed or "".join(secrets.choice(LETTERS) for _ in range(TYPED_LENGTH))
    if read_secret(typed) != ReadSecret(typed=typed):
        raise ValueError("not a typed code")
    qr = secrets.token_urlsafe(QR_BITS // 8)
    while read_secret(qr) != ReadSecret(qr=qr):  # next to never: it would read like a typed code with dashes
        qr = secrets.token_urlsafe(QR_BITS // 8)
    return BadgeSecrets(qr=qr, typed=typed)


def qr_hash(qr: str) -> str:
    """What is kept of the scanned secret: SHA-256 is enough for 128 random bits."""
    return hashlib.sha256(qr.encode()).hexdigest()


def typed_fingerprint(sealer: Sealer, typed: str) -> str:
    """What is kept of the typed code: a keyed hash, so that it can be found but not tried without the key."""
    return sealer.fingerprint(typed, _TYPED)


def seal(sealer: Sealer, both: BadgeSecrets) -> bytes:
    """Both secrets for the time in which they may be printed."""
    return sealer.seal(f"{both.qr} {both.typed}", CODES)


def unseal(sealer: Sealer, sealed: bytes) -> BadgeSecrets:
    """The secrets again."""
    qr, typed = sealer.open(sealed, CODES).split(" ")
    return BadgeSecrets(qr=qr, typed=typed)


def draw_of(sealer: Sealer, badge_id: int, deal: str) -> str:
    """The number (hexadecimal, 256 bits) that deals the rows of pictures: nobody without the key can work it out."""
    return sealer.fingerprint(f"{badge_id}:{deal}", _ROWS)


def nobodys_pictures(sealer: Sealer, code: str) -> int:
    """How many pictures a code asks for that belongs to no badge: always the same for the same code (R88)."""
    return 3 + int(sealer.fingerprint(code, _NOBODYS)[-1], 16) % 2
