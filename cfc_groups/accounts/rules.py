"""Questions about people: how old, which band, how long a session lasts, who needs a second factor."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta

from cfc_groups.access import Actor, AgeBand, Role
from cfc_groups.accounts.models import Account, AccountState, SessionLimits

_BIRTH_MONTH = re.compile(r"(19|20)\d{2}-(0[1-9]|1[0-2])", re.ASCII)
_USER_NAME = re.compile(r"[a-z0-9\u3400-\u4dbf\u4e00-\u9fff][a-z0-9\u3400-\u4dbf\u4e00-\u9fff._-]{2,31}", re.ASCII)


CHILD_ON_SHARED_DEVICE = SessionLimits(idle=timedelta(minutes=15), total=timedelta(hours=2))
STAFF = SessionLimits(idle=timedelta(minutes=30), total=timedelta(hours=8))


def session_limits(role: Role) -> SessionLimits:
    """The time limits of a role's sessions."""
    return CHILD_ON_SHARED_DEVICE if role is Role.CHILD else STAFF


def idle_seconds(actor: Actor | None) -> int:
    """After how many seconds without a request the actor's session ends; 0 for visitors."""
    return 0 if actor is None else int(session_limits(actor.role).idle.total_seconds())


def session_is_over(role: Role, started_at: datetime, last_seen_at: datetime, now: datetime) -> bool:
    """Whether a session has been idle or open for too long (R85)."""
    limits = session_limits(role)
    return now - last_seen_at > limits.idle or now - started_at > limits.total


def is_birth_month(text: str) -> bool:
    """Whether a text is a birth month as it is kept: YYYY-MM."""
    return _BIRTH_MONTH.fullmatch(text) is not None


def age(birth_month: str, today: date) -> int:
    """Completed years. Only the month is known: the birthday counts from the first day of the birth month."""
    year, month = _year_and_month(birth_month)
    return today.year - year - (today.month < month)


def age_band(birth_month: str, today: date) -> AgeBand:
    """The age that words are written for (R106): 6–8, 9–11, 12–15; others get the nearest band."""
    years = age(birth_month, today)
    if years < 9:
        return AgeBand.YOUNG
    return AgeBand.MIDDLE if years < 12 else AgeBand.OLDER


def is_under_16(birth_month: str, today: date) -> bool:
    """Whether a guardian's consent is needed. It is until the month of the 16th birthday is over."""
    year, month = _year_and_month(birth_month)
    return (today.year, today.month) <= (year + 16, month)


def _year_and_month(birth_month: str) -> tuple[int, int]:
    if not is_birth_month(birth_month):
        raise ValueError(f"not a birth month: {birth_month!r}")
    return int(birth_month[:4]), int(birth_month[5:])


def needs_second_factor(role: Role, *, officer: bool) -> bool:
    """Whether a role may only sign in with a second factor (R83)."""
    return officer or role in (Role.TEACHER, Role.COORDINATOR, Role.DEPARTMENT)


def fold_user_name(text: str) -> str:
    """A user name as it is kept and looked up: half-width, lower case, no white space around."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def is_user_name(folded: str) -> bool:
    """Whether a folded user name has 3 to 32 letters, digits or Chinese characters (and . _ - inside)."""
    return _USER_NAME.fullmatch(folded) is not None


def may_activate(account: Account, coordinator_id: int) -> str | None:
    """Why a coordinator may not activate an account, or None: nobody activates oneself or whom one invited (R42)."""
    if account.state is not AccountState.WAITING:
        return "not_waiting"
    if coordinator_id in (account.account_id, account.invited_by):
        return "second_person_needed"
    return None
