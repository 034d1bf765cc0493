"""Who may read and who may keep the list of places. Children pick from it while they write."""

from __future__ import annotations

from cfc_groups.access import Scope, permission

READ_PLACES = permission("read_places", mentor=Scope.ALLIANCE, teacher=Scope.ALLIANCE, coordinator=Scope.ALLIANCE)
KEEP_PLACES = permission("keep_places", coordinator=Scope.ALLIANCE)
