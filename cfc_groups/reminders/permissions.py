"""Everybody who is signed in has an inbox of their own."""

from __future__ import annotations

from cfc_groups.access import Scope, permission

READ_INBOX = permission(
    "read_inbox", child=Scope.OWN, guardian=Scope.OWN, mentor=Scope.OWN, teacher=Scope.OWN, coordinator=Scope.OWN,
    department=Scope.OWN,
)  # fmt: skip
