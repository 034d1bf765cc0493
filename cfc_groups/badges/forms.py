"""The shape of what a child types or scans."""

from __future__ import annotations

from flask_babel import lazy_gettext

from cfc_groups.formkit import AtMost, Code, Form, Needed


class BadgeForm(Form):
    """The code of a badge: typed, or put in by the scanner or by the script that read the scanned address."""

    badge_code = Code(
        lazy_gettext("The 16 characters on your badge"),
        [Needed(lazy_gettext("Please type the characters on your badge.")), AtMost(300)],
    )
