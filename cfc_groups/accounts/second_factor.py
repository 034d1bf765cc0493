"""The second factor (R83): a code that the phone makes from the time, or one of ten printed codes. Needs no network."""

from __future__ import annotations

import base64
import hmac
import secrets
from datetime import datetime

from cfc_groups.sealing import Sealer

STEP_SECONDS = 30
STEPS_AROUND = 1  # phones' clocks are a little off
CODES = 10
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # no I, O, 0, 1: printed codes are read by people
_CODE_LENGTH = 10
_CODE_CONTEXT = "one_time_codes.fingerprint"


def proposed_secret(sealer: Sealer, seed: str) -> str:
    """The secret (base32, 160 bits) to offer for a set-up. It stays the same when the page is opened again.

    The seed must hold something that nobody else knows, such as an invitation's token.
    """
    digest = bytes.fromhex(sealer.fingerprint(seed, "accounts.totp_set_up"))
    return base64.b32encode(digest[:20]).decode("ascii")


def set_up_address(secret: str, *, user_name: str, issuer: str) -> str:
    """What the QR says to an authenticator app (otpauth://…)."""
    import pyotp

    return pyotp.TOTP(secret).provisioning_uri(name=user_name, issuer_name=issuer)


def in_fours(secret: str) -> str:
    """A secret as people type it: groups of four characters."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def fold_code(text: str) -> str:
    """A typed code without blanks and hyphens, in capitals."""
    return "".join(character for character in text.upper() if character.isalnum())


def matching_step(secret: str, code: str, now: datetime) -> int | None:
    """The time step (of 30 seconds, at most one off) whose code this is, or None. The caller uses the step up."""
    import pyotp

    totp = pyotp.TOTP(secret)
    current = int(now.timestamp()) // STEP_SECONDS
    found = None
    for step in range(current - STEPS_AROUND, current + STEPS_AROUND + 1):
        if hmac.compare_digest(totp.generate_otp(step).encode(), fold_code(code).encode()):
            found = step
    return found


def new_codes() -> list[str]:
    """Ten one-time codes of 50 random bits, as they are printed: ABCDE-FGHJK."""
    return ["-".join(_letters(_CODE_LENGTH // 2) for _ in range(2)) for _ in range(CODES)]


def _letters(count: int) -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(count))


def code_fingerprint(sealer: Sealer, account_id: int, code: str) -> str:
    """What is kept of a one-time code."""
    return sealer.fingerprint(f"{account_id}:{fold_code(code)}", _CODE_CONTEXT)
