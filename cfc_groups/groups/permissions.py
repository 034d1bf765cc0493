"""Who may do what with groups, teams and members (safety.md 3)."""

from cfc_groups.access import Scope, permission

READ_GROUPS = permission(
    "read_groups", child=Scope.ALLIANCE, guardian=Scope.ALLIANCE, mentor=Scope.ALLIANCE, teacher=Scope.ALLIANCE,
    coordinator=Scope.ALLIANCE, department=Scope.ALLIANCE,
)  # fmt: skip
# The page of one group shows children's nicknames to its own people, so the record check counts (R43).
READ_GROUP = permission(
    "read_group", vetted=True, child=Scope.GROUP, guardian=Scope.OWN_CHILD, mentor=Scope.TEAM, teacher=Scope.GROUP,
    coordinator=Scope.ALLIANCE, department=Scope.ALLIANCE,
)  # fmt: skip
MANAGE_GROUPS = permission("manage_groups", vetted=True, coordinator=Scope.ALLIANCE)
MANAGE_TEAMS = permission("manage_teams", vetted=True, teacher=Scope.GROUP, coordinator=Scope.ALLIANCE)
ASSIGN_STAFF = permission("assign_staff", vetted=True, teacher=Scope.GROUP, coordinator=Scope.ALLIANCE)
READ_MEMBERS = permission("read_members", vetted=True, teacher=Scope.GROUP, coordinator=Scope.ALLIANCE)
MANAGE_MEMBERS = permission("manage_members", vetted=True, teacher=Scope.GROUP, coordinator=Scope.ALLIANCE)
IMPORT_ROSTER = permission("import_roster", vetted=True, teacher=Scope.GROUP, coordinator=Scope.ALLIANCE)
