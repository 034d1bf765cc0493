"""Who may read the board and who may write on it (safety.md 3, rows 1–7 and 12)."""

from cfc_groups.access import Scope, permission

READ_BOARD = permission(
    "read_board", public=True, child=Scope.ALLIANCE, guardian=Scope.ALLIANCE, mentor=Scope.ALLIANCE,
    teacher=Scope.ALLIANCE, coordinator=Scope.ALLIANCE, department=Scope.ALLIANCE,
)  # fmt: skip
# What is for a group only is a children's space: adults need their record check (R43).
READ_GROUP_POSTS = permission(
    "read_group_posts", vetted=True, child=Scope.GROUP, mentor=Scope.TEAM, teacher=Scope.GROUP,
    coordinator=Scope.ALLIANCE,
)  # fmt: skip
# Nobody but the child itself: there is no way to write, send, change or withdraw in a child's name (R49, R54).
WRITE_POST = permission("write_post", child=Scope.OWN)
READ_OWN_POSTS = permission("read_own_posts", child=Scope.OWN)
WITHDRAW_POST = permission("withdraw_post", child=Scope.OWN)
