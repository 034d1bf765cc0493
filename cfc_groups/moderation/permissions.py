"""Who moderates (safety.md 3, rows 8 and 9): teachers in their groups; coordinators only where no teacher may."""

from __future__ import annotations

from cfc_groups.access import Scope, permission

SEE_QUEUE = permission("see_queue", vetted=True, teacher=Scope.GROUP, coordinator=Scope.ASSIGNED)
DECIDE_ITEM = permission("decide_item", vetted=True, teacher=Scope.GROUP, coordinator=Scope.ASSIGNED)
