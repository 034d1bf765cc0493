"""What is told to somebody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Notice:
    """One told thing as its recipient sees it. Moments are UTC; `facts` fill the kind's sentence."""

    pid: str
    kind: str
    address: str
    facts: Mapping[str, object]
    visible_from: datetime
    is_read: bool


@dataclass(frozen=True, slots=True)
class InboxPage:
    """Some notices, newest first. `older` is the cursor of the next page, None on the last one."""

    notices: list[Notice]
    older: str | None

    @property
    def any_unread(self) -> bool:
        """Whether something on this page is new."""
        return any(not notice.is_read for notice in self.notices)
