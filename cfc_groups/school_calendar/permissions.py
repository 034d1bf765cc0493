"""Who may read and who may change the school calendar."""

from __future__ import annotations

from cfc_groups.access import Scope, permission

READ_CALENDAR = permission(
    "read_school_calendar", mentor=Scope.ALLIANCE, teacher=Scope.ALLIANCE, coordinator=Scope.ALLIANCE,
    department=Scope.ALLIANCE,
)  # fmt: skip
CHANGE_CALENDAR = permission("change_school_calendar", coordinator=Scope.ALLIANCE)
