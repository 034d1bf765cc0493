"""Who may do what with accounts (safety.md 3, rows 46–50)."""

from cfc_groups.access import Scope, permission

# Without `vetted`: somebody must be able to record the dates of the record checks in the first place.
MANAGE_PEOPLE = permission("manage_people", coordinator=Scope.ALLIANCE)
CHANGE_PEOPLE = permission("change_people", confirmed=True, coordinator=Scope.ALLIANCE)

OWN_ACCOUNT = permission(
    "own_account", child=Scope.OWN, guardian=Scope.OWN, mentor=Scope.OWN, teacher=Scope.OWN,
    coordinator=Scope.OWN, department=Scope.OWN,
)  # fmt: skip
OWN_SIGN_IN = permission(
    "own_sign_in", confirmed=True, guardian=Scope.OWN, mentor=Scope.OWN, teacher=Scope.OWN,
    coordinator=Scope.OWN, department=Scope.OWN,
)  # fmt: skip
NOT_ME = permission("say_not_me", child=Scope.OWN)
