"""Who may do what about consents, privacy and protection (safety.md 3, rows 19–21 and 42)."""

from __future__ import annotations

from cfc_groups.access import Scope, permission

SEE_CONSENTS = permission("see_consents", vetted=True, teacher=Scope.GROUP, coordinator=Scope.ALLIANCE)
RECORD_CONSENTS = permission("record_consents", vetted=True, teacher=Scope.GROUP, coordinator=Scope.ALLIANCE)
GIVE_OWN_YES = permission("give_own_yes", child=Scope.OWN)
CHANGE_HOTLINES = permission("change_hotlines", coordinator=Scope.ALLIANCE)
CHANGE_PROTECTION_CONTACT = permission("change_protection_contact", coordinator=Scope.ALLIANCE)
HANDLE_SIGNALS = permission(
    "handle_signals", vetted=True, officer=True, mentor=Scope.ALLIANCE, teacher=Scope.ALLIANCE,
    coordinator=Scope.ALLIANCE,
)  # fmt: skip
