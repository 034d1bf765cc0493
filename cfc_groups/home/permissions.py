"""Home's rows of the permission table."""

from __future__ import annotations

from cfc_groups.access import Scope, permission

SEE_OWN_PAGE = permission(
    "see_own_page", child=Scope.OWN, guardian=Scope.OWN, mentor=Scope.OWN, teacher=Scope.OWN,
    coordinator=Scope.OWN, department=Scope.OWN,
)  # fmt: skip
