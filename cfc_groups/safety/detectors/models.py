"""What a detector finds: the kind, how much it weighs, and where it stands in the text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """What a finding asks for. No level refuses or deletes a text (R61)."""

    HARD = "hard"
    """The text is held until a person has looked."""
    SOFT = "soft"
    """The author is told; nothing is held."""
    OFFICER = "officer"
    """A signal of danger or of grooming: the path of R62, apart from ordinary moderation."""


class Kind(StrEnum):
    """The classes of the design's section 6.3 (personal data) and 6.4 (signals of danger)."""

    mobile = "mobile"
    landline = "landline"
    resident_id = "resident_id"
    qq = "qq"
    wechat = "wechat"
    platform_id = "platform_id"
    email = "email"
    url = "url"
    home_address = "home_address"
    birth_date = "birth_date"
    bank_card = "bank_card"
    password = "password"  # noqa: S105 (a class of findings, not a password)
    passport = "passport"
    plate = "plate"
    home_routine = "home_routine"
    school_class = "school_class"
    own_name = "own_name"
    other_name = "other_name"
    roster_name = "roster_name"
    contact_secrecy = "contact_secrecy"
    self_harm = "self_harm"
    violence_home = "violence_home"
    sexual_harm = "sexual_harm"
    bullying = "bullying"
    running_away = "running_away"
    threat = "threat"
    stranger = "stranger"
    neglect = "neglect"


CONTACT_KINDS = frozenset({Kind.mobile, Kind.landline, Kind.qq, Kind.wechat, Kind.platform_id, Kind.email, Kind.url})
"""What an adult may not send to a child at all (R48): ways to meet outside this site."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One place in a text. `start` and `end` are character positions in the text as it was written."""

    kind: Kind
    level: Level
    start: int
    end: int
