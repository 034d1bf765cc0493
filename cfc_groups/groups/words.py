"""What people read about groups: themes, kinds, refusals."""

from __future__ import annotations

from dataclasses import replace

from flask_babel import lazy_gettext, lazy_pgettext

from cfc_groups.accounts.words import role_label
from cfc_groups.groups.models import GroupKind, Theme
from cfc_groups.words import add_refusals

THEMES = {
    "living": lazy_pgettext("theme", "Living environment"),
    "culture": lazy_pgettext("theme", "Culture"),
    "transport": lazy_pgettext("theme", "Getting around"),
    "health": lazy_pgettext("theme", "Health"),
    "parks": lazy_pgettext("theme", "Parks and play"),
    "school": lazy_pgettext("theme", "School life"),
    "safety": lazy_pgettext("theme", "Safety"),
}

KINDS = {
    GroupKind.CITY: lazy_gettext("City group"),
    GroupKind.DISTRICT: lazy_gettext("District group"),
    GroupKind.SCHOOL: lazy_gettext("School group"),
    GroupKind.COMMUNITY: lazy_gettext("Community group"),
}

NO_TEAM = lazy_gettext("Without a team")

add_refusals(
    {
        "changed_meanwhile": lazy_gettext(
            "A colleague has changed this in the meantime, so we kept theirs. Here it is as it stands now;"
            " please look whether your change is still needed."
        ),
        "group_start_odd": lazy_gettext("Please look at the first day again: it is very far away."),
        "ends_before_start": lazy_gettext("It starts on %(start)s, so it cannot end before that day."),
        "end_is_past": lazy_gettext(
            "What has been is not rewritten: yesterday is the earliest last day. Yesterday means that it ends at once."
        ),
        "end_too_far": lazy_gettext("Please choose a last day within the next year."),
        "before_the_group": lazy_gettext("The group starts on %(start)s. Please choose that day or a later one."),
        "after_the_group": lazy_gettext("The group ends on %(end)s. Please stay within its days."),
        "group_circle": lazy_gettext("A group cannot stand below itself. Please choose another place for it."),
        "parent_is_over": lazy_gettext("The group above it has ended. Please choose another place for it first."),
        "tree_too_deep": lazy_gettext("Groups can stand in %(levels)s levels at most. Please choose a higher place."),
        "group_not_begun": lazy_gettext("The group starts on %(start)s. From that day on children can come in."),
        "group_is_over": lazy_gettext("This group has ended, so nobody can come in any more."),
        "not_ended": lazy_gettext("It goes on already; there is nothing to take back."),
        "already_ended": lazy_gettext("It has a last day already."),
        "end_has_passed": lazy_gettext(
            "Its last day has passed, and what has been is not rewritten. Please make a new one instead."
        ),
        "group_name_taken": lazy_gettext("There is a group with this name already. Please choose another name."),
        "starts_after_members": lazy_gettext(
            "Teams and members are in it since %(start)s, so it cannot start later than that."
        ),
        "ends_before_members": lazy_gettext(
            "Somebody came in on %(start)s, so that is the earliest last day."
        ),
        "groups_below": lazy_gettext(
            "%(count)s groups below it go on. Please end them first, or give them another place."
        ),
        "team_name_taken": lazy_gettext("The group has a team “%(name)s” already. Please choose another name."),
        "too_many_teams": lazy_gettext("A group has at most %(most)s teams. Please end one first."),
        "no_such_theme": lazy_gettext("Please choose one of the themes."),
        "no_such_team": lazy_gettext("This team is not there any more. Please choose one from the list."),
        "number_taken": lazy_gettext("Another child of the group has the number %(number)s. Please give a free one."),
        "already_there": lazy_gettext("The child is there already; nothing had to be changed."),
        "already_in_group": lazy_gettext("The child belongs to that group already."),
        "cannot_serve": lazy_gettext(
            "Only mentors, teachers and coordinators whose account is open can serve a group."
        ),
        "serves_already": lazy_gettext("This person serves there already on these days."),
        "likely_twin": lazy_gettext(
            "In the group there is a child with the same name and birth month, number %(number)s. If it is the same"
            " child, all is done already; if it is another one, please tick the box."
        ),
        "file_too_big": lazy_gettext(
            "Thank you, but this file is larger than 5 MB. Please copy the members into our template and send that."
        ),
        "roster_gone": lazy_gettext("This list has been taken in already."),
        "roster_changed": lazy_gettext(
            "Somebody has changed the group in the meantime, so nothing was taken. Below you see what would happen"
            " now; please look once more and confirm."
        ),
        "refused_rows_left": lazy_gettext(
            "%(count)s rows cannot be taken yet, so nothing was taken. Please mend them in the file and send it once"
            " more, or tick them to leave them out."
        ),
        "nothing_to_take": lazy_gettext("There is nothing new in this list, so nothing had to be taken."),
    }
)


def theme_label(theme: Theme | str) -> str:
    """What people read for a theme: the alliance's own word for it, or ours in the request's language."""
    if isinstance(theme, Theme):
        return theme.label or str(THEMES.get(theme.key, theme.key))
    return str(THEMES.get(theme, theme))


def shown_theme(theme: Theme) -> Theme:
    """The theme with its label filled in, for templates (`.key .label .icon .note_colour`)."""
    return replace(theme, label=theme_label(theme))


__all__ = ["KINDS", "NO_TEAM", "THEMES", "role_label", "shown_theme", "theme_label"]
