"""Who may do what with badges (safety.md 3 and 5)."""

from cfc_groups.access import Scope, permission

READ_BADGES = permission("read_badges", vetted=True, teacher=Scope.GROUP, coordinator=Scope.ALLIANCE)
# What opens a door for somebody is only done with a fresh password (R87).
ISSUE_BADGES = permission(
    "issue_badges", vetted=True, confirmed=True, teacher=Scope.GROUP, coordinator=Scope.ALLIANCE
)
SAY_HELLO = permission("say_hello", child=Scope.OWN)
