"""The demo's passwords, second factors, badge codes and pictures: made from the instance's own key whenever needed.

So they can be printed again (`flask --app app demo-logins`) without lying readable anywhere, and are different on every
computer.
"""

from __future__ import annotations

import base64

from cfc_groups.badges.models import GRIDS, TYPED_LENGTH
from cfc_groups.badges.rules import LETTERS
from cfc_groups.sealing import Sealer

_PLACE = "demo"


def password_of(sealer: Sealer, user_name: str) -> str:
    """Four blocks of five: long enough for every role (R82)."""
    digits = sealer.fingerprint(f"password {user_name}", _PLACE)
    return "-".join(digits[start : start + 5] for start in range(0, 20, 5))


def totp_secret_of(sealer: Sealer, user_name: str) -> str:
    """A base32 secret of 160 bits for an authenticator app."""
    return base64.b32encode(bytes.fromhex(sealer.fingerprint(f"totp {user_name}", _PLACE))[:20]).decode()


def badge_code_of(sealer: Sealer, member_number: str) -> str:
    """The code to type of a child's first badge: 80 bits, as every badge's."""
    number = int(sealer.fingerprint(f"badge {member_number}", _PLACE), 16)
    return "".join(LETTERS[number >> 5 * place & 31] for place in range(TYPED_LENGTH))


def pictures_of(sealer: Sealer, member_number: str, pictures: int) -> list[str]:
    """The pictures of a child, in order, none twice."""
    left = list(GRIDS[pictures])
    numbers = bytes.fromhex(sealer.fingerprint(f"pictures {member_number}", _PLACE))
    return [left.pop(number % len(left)) for number in numbers[:pictures]]
