"""What people read about groups: themes, kinds, refusals."""

from __future__ import annotations

from dataclasses import replace

from flask_babel import lazy_gettext, lazy_pgettext

from cfc_groups.groups.models import GroupKind, Theme

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


def theme_label(theme: Theme | str) -> str:
    """What people read for a theme: the alliance's own word for it, or ours in the request's language."""
    if isinstance(theme, Theme):
        return theme.label or str(THEMES.get(theme.key, theme.key))
    return str(THEMES.get(theme, theme))


def shown_theme(theme: Theme) -> Theme:
    """The theme with its label filled in, for templates (`.key .label .icon .note_colour`)."""
    return replace(theme, label=theme_label(theme))
